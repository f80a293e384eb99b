import Measure
import Simulator

@testable import Client

/// A load generator, and all that it delivered.
struct LoadRig {
    let load: LoadGenerator
    let endpoint: EndpointID
    private(set) var requests: [RequestRecord] = []
    private(set) var arrivals: [TokenArrival] = []
    private(set) var batches = 0
    private(set) var readLags: [Nanoseconds] = []
    private(set) var vitals: [LoopVitals] = []
    /// By event loop.
    private var activities: [UInt16: LoopActivity] = [:]
    private var iterator: AsyncStream<SampleBatch>.Iterator

    struct NeverCame: Error {}

    /// The seed of all requests, and of their ids.
    static let seed: UInt64 = 5

    init(_ endpoints: DiscoveredEndpoint..., tokens: Int = 6, loops: Int = 1) async throws {
        load = try await LoadGenerator(loops: loops)
        iterator = load.samples.makeAsyncIterator()
        endpoint = endpoints[0].info.id
        for endpoint in endpoints {
            try await load.add(endpoint, requestedTokens: tokens, seed: Self.seed)
        }
    }

    var users: Int { activities.values.reduce(0) { $0 + $1.users } }
    var inFlight: Int { activities.values.reduce(0) { $0 + $1.inFlight } }
    /// Over all loops.
    var times: UserTimes {
        activities.values.reduce(into: UserTimes()) { sum, activity in
            sum.out += activity.times?.out ?? 0
            sum.connecting += activity.times?.connecting ?? 0
            sum.waiting += activity.times?.waiting ?? 0
        }
    }
    var waiting: Int { activities.values.reduce(0) { $0 + $1.waiting } }
    var good: [RequestRecord] { requests.filter(\.succeeded) }
    var failed: [RequestRecord] { requests.filter { !$0.succeeded && !$0.wasCancelled } }
    var cancelled: [RequestRecord] { requests.filter(\.wasCancelled) }

    mutating func hold(_ users: Int) async throws { try await load.setUsers(users, on: endpoint) }

    /// Takes batches until `condition` holds; a minute's worth of them at most.
    mutating func until(_ condition: (LoadRig) -> Bool) async throws {
        var left = 600 * load.info.loops.count
        while !condition(self) {
            left -= 1
            guard left > 0, await takeOne() else { throw NeverCame() }
        }
    }

    /// Takes this many batches of every loop.
    mutating func skip(_ count: Int) async throws {
        let target = batches + count * load.info.loops.count
        try await until { $0.batches >= target }
    }

    /// Ends the load and takes what is left.
    mutating func end() async throws {
        try await load.shutDown()
        while await takeOne() {}
    }

    private mutating func takeOne() async -> Bool {
        guard let batch = await iterator.next() else { return false }
        batches += 1
        requests += batch.requests
        arrivals += batch.arrivals
        readLags += batch.readLags
        if let vitals = batch.vitals { self.vitals.append(vitals) }
        for activity in batch.activity where activity.endpoint == endpoint {
            activities[batch.loop] = activity
        }
        return true
    }
}

/// The simulator's truth by the client's request numbers.
///
/// The server hears of a client that has gone only when it gets round to it: asks until all of `numbers` are
/// known, or a minute has passed.
func truthByNumber(_ server: SimulatedServer, covering numbers: [UInt32]) async throws -> [UInt32:
    RequestTruth]
{
    let deadline = SystemTime.now() + 60 * .second
    let ids = RequestIDs(seed: LoadRig.seed)
    // Those of the load that nobody waits for, too.
    let all = 1...(numbers.max() ?? 1) + 1000
    let numberByID = Dictionary(uniqueKeysWithValues: all.map { (ids.text($0), $0) })
    while true {
        var found: [UInt32: RequestTruth] = [:]
        for request in await server.truth()?.requests ?? [] {
            if let number = numberByID[request.id] { found[number] = request }
        }
        if numbers.allSatisfy({ found[$0] != nil }) || SystemTime.now() > deadline { return found }
        try await Task.sleep(for: .milliseconds(20))
    }
}
