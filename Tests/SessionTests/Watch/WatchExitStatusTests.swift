import Measure
import Testing

@testable import Session

/// The exit codes of a watch: how its servers stood at its end.
@Suite struct WatchExitStatusTests {
    private func server(
        _ status: ServerSnapshot.Status, answers: Double? = nil, fast: Double = 0
    ) -> ServerSnapshot {
        var server = ServerSnapshot(
            id: SourceID(0), info: WatchedServer(url: "http://a", label: "a"), past: NoPast())
        server.status = status
        guard let answers else { return server }
        var figures = ServerFigures()
        figures.ttft = LatencyFigures(
            count: answers, mean: nil,
            buckets: BucketCounts(bounds: [1e8, .infinity], counts: [fast, answers - fast]))
        server.facts = WatchFacts(
            at: .zero, scrape: figures, minute: figures, fiveMinutes: figures, quarterHour: figures,
            hour: figures)
        return server
    }

    private static let trouble = ServerSnapshot.Status.trouble(
        PageTrouble(words: "so", isAnswer: true), since: .zero)

    private func status(
        _ servers: [ServerSnapshot], budget: String? = nil, signal: Int32? = nil, lostFile: Bool = false
    ) throws -> Session.ExitStatus {
        var snapshot = Snapshot(
            session: SessionInfo(
                started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "0", command: "watch",
                options: [:], seed: 0, host: "h"), at: .zero,
            budget: try budget.map { try LatencyBudget(parsing: $0) })
        snapshot.watch.servers = servers
        return .ofWatch(snapshot, signal: signal, lostFile: lostFile)
    }

    @Test func withoutABudget() throws {
        #expect(try status([server(.up)]) == .done)
        #expect(try status([server(.up), server(.left)]) == .done)
        #expect(try status([]) == .endpointUnusable)
        for bad in [ServerSnapshot.Status.waiting, Self.trouble, .gone(since: .zero)] {
            #expect(try status([server(.up), server(bad)]) == .endpointUnusable)
        }
    }

    @Test func withOne() throws {
        let budget = "ttft:p50<100ms"
        #expect(try status([server(.up, answers: 100, fast: 100)], budget: budget) == .done)
        #expect(try status([server(.up, answers: 0)], budget: budget) == .done, "idle is no failure")
        #expect(try status([server(.up, answers: 100)], budget: budget) == .broken)
        #expect(try status([server(.up)], budget: budget) == .undecided)
        #expect(try status([server(.up, answers: 100)], budget: "tpot:p50<100ms") == .undecided)
        #expect(
            try status([server(.up), server(.up, answers: 100)], budget: budget) == .broken,
            "broken is more than undecided")
        #expect(
            try status([server(Self.trouble), server(.up, answers: 100)], budget: budget) == .endpointUnusable
        )
    }

    @Test func whatElseMayHappen() throws {
        #expect(try status([server(Self.trouble)], signal: 2, lostFile: true) == .signal(2))
        #expect(try status([server(Self.trouble)], lostFile: true) == .fileUnusable)
    }
}
