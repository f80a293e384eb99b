import Foundation
import Measure
import NIOCore
import Synchronization
import Wire

@testable import Client
@testable import Recording
@testable import Session

/// A session without a server, a terminal or a clock that runs by itself, and all that it said.
final class Stage: Sendable {
    let clock = ManualClock()
    let console = HeardConsole()
    let signals = MadeUpSignals()
    let load: MadeUpLoad
    let folder = FileManager.default.temporaryDirectory.path + "/session-\(UUID().uuidString)"
    let endpoints: Int

    init(endpoints: Int = 1, _ behaviour: @escaping MadeUpLoad.Behaviour = { _, _ in .answers }) throws {
        self.endpoints = endpoints
        load = MadeUpLoad(clock, behaviour)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var recording: String { folder + "/s.plimsoll" }

    func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
    }

    func reader() throws -> RecordingReader { try RecordingReader.open(path: recording) }

    /// Of endpoint 0: its levels' users.
    func measured(_ endpoint: Int = 0) throws -> [Int] {
        try reader().levels.filter { $0.endpoint == EndpointID(endpoint) }.compactMap(\.concurrency)
    }

    /// Levels of one, two and four users, a second each.
    func request(
        budget: String? = nil, dwell: Nanoseconds = .second,
        _ change: (inout SessionRequest) -> Void = { _ in }
    ) throws -> SessionRequest {
        let plan = SweepPlan(
            levels: .list([1, 2, 4]), dwell: dwell, warmUp: 300 * .millisecond,
            budget: try budget.map { try LatencyBudget(parsing: $0) }, bisects: false)
        var request = SessionRequest(
            command: "sweep", version: "0",
            addresses: try (0..<endpoints).map { try EndpointAddress(parsing: "http://host\($0):8000/v1") },
            client: ClientSettings(), model: nil,
            plan: SessionPlan(workload: Workload(inputTokens: 8, outputTokens: 8), sweep: plan, seed: 1),
            options: ["users": "1,2,4"], output: SessionOutput(recording: .file(recording)), screen: nil)
        change(&request)
        return request
    }

    var parts: SessionParts {
        var parts = SessionParts(console: console, signals: { [signals] in signals.listen() })
        parts.clock = clock
        parts.wait = { _ in }
        parts.ask = { (_, address, id, _) async throws(DiscoveryError) in
            try DiscoveredEndpoint.madeUp(address, id)
        }
        parts.load = { [load] _, _, _ in load }
        parts.witnesses = { _, _, _ in Witnesses() }
        return parts
    }

    func run(
        _ request: SessionRequest, _ change: (inout SessionParts) -> Void = { _ in }
    ) async throws -> Session.ExitStatus {
        var parts = parts
        change(&parts)
        return try await SweepSession(request, parts: parts).run()
    }
}

extension DiscoveredEndpoint {
    static func madeUp(_ address: EndpointAddress, _ id: EndpointID) throws(DiscoveryError)
        -> DiscoveredEndpoint
    {
        guard let socket = try? SocketAddress(ipAddress: "192.0.2.1", port: 8000) else {
            throw .madeUp("no address")
        }
        return DiscoveredEndpoint(
            info: EndpointInfo(
                id: id, url: Shown(own: "http://\(address.hostAndPort)/v1/chat/completions"),
                label: address.hostAndPort,
                model: "m", dialect: "chat"),
            model: "m", calibration: PromptCalibration(targetTokens: 8), fields: [], notes: [],
            address: address, route: "/v1/chat/completions",
            connector: Connector(address: socket, tls: nil, serverName: nil),
            dialect: ChatCompletions.self, settings: ClientSettings())
    }
}

extension DiscoveryError {
    static func madeUp(_ message: Shown) -> DiscoveryError {
        DiscoveryError(
            "host", RequestFailure(kind: .connectionRefused, message: message), ClientSettings())
    }
}

/// Time by hand: the load moves it.
final class ManualClock: TimeSource {
    private let moment = Mutex(Moment(nanoseconds: 1_000 * .second))

    func now() -> Moment { moment.withLock { $0 } }
    func advance(by span: Nanoseconds) -> Moment {
        moment.withLock {
            $0 = $0 + span
            return $0
        }
    }
}

final class HeardConsole: Console {
    private struct Heard {
        var output = ""
        var document = ""
        var error = ""
    }
    private let heard = Mutex(Heard())

    func output(_ text: String) { heard.withLock { $0.output += text } }
    func document(_ json: String) { heard.withLock { $0.document += json } }
    func error(_ text: String) { heard.withLock { $0.error += text } }
    var width: Int? { nil }

    var outputs: String { heard.withLock { $0.output } }
    var documents: String { heard.withLock { $0.document } }
    var errors: String { heard.withLock { $0.error } }
}

/// Signals that a test sends to whoever listens.
final class MadeUpSignals: Sendable {
    final class Listening: StopRequests, Sendable {
        let stream: AsyncStream<Int32>
        private let sender: AsyncStream<Int32>.Continuation
        private let came = Mutex<Int32?>(nil)

        init() { (stream, sender) = AsyncStream.makeStream(of: Int32.self) }

        var first: Int32? { came.withLock { $0 } }
        func cancel() {}
        func raise(_ number: Int32) {
            came.withLock { $0 = $0 ?? number }
            sender.yield(number)
        }
    }

    private let current = Mutex<Listening?>(nil)

    func listen() -> Listening {
        let listening = Listening()
        current.withLock { $0 = listening }
        return listening
    }

    func raise(_ number: Int32) { current.withLock { $0 }?.raise(number) }
}
