import Client
import Collector
import Measure
import Synchronization

/// The sources of a watch: those that were asked for, and those that join as they are found.
actor WatchCrew {
    private let request: WatchRequest
    private let parts: SessionParts
    private let collector: Collector
    private var known: Set<String> = []
    private var next = 0
    private var tasks: [Task<Void, Never>] = []
    private var namings: [ServerNaming] = []
    private var isOver = false
    private let rounds = LookCounts()

    /// For each server to say what it is before it joins; who is slower joins without.
    private static let introduction = Nanoseconds.second

    init(_ request: WatchRequest, parts: SessionParts, collector: Collector) {
        self.request = request
        self.parts = parts
        self.collector = collector
    }

    /// Looks at all of them at the same time, and lets them join in their order.
    ///
    /// - Parameter ifFit: only those whose first look finds metrics: for ports of which nobody knows whose they are.
    /// - Returns: how many have joined.
    @discardableResult
    func add(_ addresses: [WatchedAddress], ifFit: Bool = false) async -> Int {
        let new = addresses.filter { !known.contains($0.identity) }
            .prefix(max(0, WatchRequest.mostServers - known.count))
        let candidates = new.map { address in
            known.insert(address.identity)
            let looks = ServerLooks(
                address, SourceID(next), settings: request.client, clock: parts.clock)
            defer { next += 1 }
            return Candidate(
                id: SourceID(next), looks: looks, first: Task { await looks.look() })
        }
        let outcomes = await introduced(candidates, patiently: ifFit)
        var joined = 0
        for candidate in candidates {
            let outcome = outcomes[candidate.id]
            if ifFit, outcome?.isReading != true {
                known.remove(candidate.looks.watched.identity)
                await candidate.looks.close()
                continue
            }
            joined += 1
            await join(candidate, areGPUs: outcome?.areGPUs ?? false)
        }
        return joined
    }

    /// - Parameter build: makes it with its number. It joins with the first thing that it says.
    func add(_ build: (SourceID) -> any Source) -> SourceID {
        let source = build(SourceID(next))
        next += 1
        let id = source.info.id
        rounds.expect(id)
        start { [rounds] collector in
            try? await source.run(into: LateTaker(source.info, collector) { rounds.add(id) })
            rounds.forget(id)
        }
        return id
    }

    /// Returns when all that has joined so far was looked at so often, and servers have said who they are.
    func looked(_ times: Int) async {
        await rounds.reached(times)
        for naming in namings { await naming.settle() }
    }

    /// Ends them all; returns when they have left.
    func end() async {
        isOver = true
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
    }

    // MARK: Private

    private struct Candidate {
        var id: SourceID
        var looks: ServerLooks
        var first: Task<ServerLooks.Outcome, Never>
    }

    /// What came in time.
    private func introduced(
        _ candidates: [Candidate], patiently: Bool
    ) async -> [SourceID: ServerLooks.Outcome] {
        let (stream, told) = AsyncStream.makeStream(of: (SourceID, ServerLooks.Outcome)?.self)
        for candidate in candidates {
            Task { told.yield((candidate.id, await candidate.first.value)) }
        }
        let timer =
            patiently
            ? nil
            : Task { [parts] in
                await parts.wait(Self.introduction)
                told.yield(nil)
            }
        defer { timer?.cancel() }
        var outcomes: [SourceID: ServerLooks.Outcome] = [:]
        guard !candidates.isEmpty else { return outcomes }
        for await news in stream {
            guard let (id, outcome) = news else { break }
            outcomes[id] = outcome
            if outcomes.count == candidates.count { break }
        }
        return outcomes
    }

    private func join(_ candidate: Candidate, areGPUs: Bool) async {
        let server = await candidate.looks.server
        let info = SourceInfo(
            id: candidate.id,
            name: areGPUs ? "GPUs of \(own: server.label)" : "metrics of \(own: server.label)",
            role: areGPUs ? .gpus : .server(server))
        rounds.expect(candidate.id)
        await collector.take(.event(.sourceJoined(info, at: parts.clock.now())))
        let naming = ServerNaming(
            of: candidate.looks.watched, settings: request.client, lines: request.lines, clock: parts.clock)
        namings.append(naming)
        let source = ServerSource(
            info, candidate.looks, first: candidate.first, beat: Beat(every: request.interval, parts),
            naming: naming, clock: parts.clock, looked: { [rounds] in rounds.add($0) })
        let canary =
            areGPUs
            ? nil
            : request.plan.canary.map {
                Canary(candidate.id, at: candidate.looks.watched, every: $0, request, parts)
            }
        start { collector in
            await withTaskGroup(of: Void.self) { group in
                if let canary {
                    group.addTask {
                        // Nothing is sent to what turns out to be no server.
                        guard await !candidate.first.value.areGPUs else { return }
                        await canary.run(into: collector)
                    }
                }
                await source.run(into: collector)
                group.cancelAll()
            }
            await self.joinAnew(candidate, areGPUs: !areGPUs)
        }
    }

    /// It wasn't what it seemed to be. (At the session's end nobody leaves: how things stand is how they stood then.)
    private func joinAnew(_ candidate: Candidate, areGPUs: Bool) async {
        guard !isOver else { return await candidate.looks.close() }
        rounds.forget(candidate.id)
        await collector.take(.event(.sourceLeft(candidate.id, at: parts.clock.now())))
        let looks = ServerLooks(
            candidate.looks.watched, SourceID(next), settings: request.client, clock: parts.clock)
        defer { next += 1 }
        await candidate.looks.close()
        await join(
            Candidate(id: SourceID(next), looks: looks, first: Task { await looks.look() }), areGPUs: areGPUs)
    }

    private func start(_ work: @escaping @Sendable (Collector) async -> Void) {
        guard !isOver else { return }
        tasks.append(Task { [collector] in await work(collector) })
    }
}

extension ServerLooks.Outcome {
    fileprivate var isReading: Bool { if case .trouble = self { false } else { true } }
}

/// Lets a source join with the first thing that it says: one that never has anything to say is not there.
private actor LateTaker: EntryTaker {
    private let info: SourceInfo
    private let collector: Collector
    private let looked: @Sendable () -> Void
    private var hasJoined = false

    /// - Parameter looked: told after each reading.
    init(_ info: SourceInfo, _ collector: Collector, looked: @escaping @Sendable () -> Void) {
        self.info = info
        self.collector = collector
        self.looked = looked
    }

    func take(_ entry: SessionEntry) async {
        if !hasJoined {
            hasJoined = true
            await collector.take(.event(.sourceJoined(info, at: entry.at ?? .zero)))
        }
        await collector.take(entry)
        if case .reading = entry { looked() }
    }
}
