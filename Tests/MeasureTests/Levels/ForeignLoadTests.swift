import Measure
import Testing

@Suite struct ForeignLoadTests {
    private func evidence(
        _ looks: [(Double, Double)] = [], ended: ForeignEvidence.Count? = nil,
        tokens: ForeignEvidence.Count? = nil
    ) -> ForeignEvidence {
        var seen = ForeignLooks()
        for (theirs, ours) in looks { seen.add(theirs: theirs, ours: ours) }
        return ForeignEvidence(looks: seen, ended: ended, tokens: tokens, seconds: 20)
    }

    // MARK: Requests out

    @Test func othersAtWork() throws {
        let load = try #require(evidence([(12, 8), (11, 8), (13, 8)]).load)
        #expect(load.requestsOut == 4 && load.words == "4 out")
    }

    @Test(
        arguments: [
            // All ours.
            [(8, 8), (8, 8), (8, 8)],
            // Two looks tell nothing yet.
            [(20, 8), (20, 8)],
            // Half a request, and 5 % of ours.
            [(8.5, 8), (8.5, 8), (8.5, 8)], [(105, 100), (105, 100), (105, 100)],
            // On average, but in one look only: somebody came and went.
            [(20, 8), (8, 8), (8, 8), (8, 8)],
            // Behind a balancer others of the servers have ours.
            [(2, 8), (3, 8), (1, 8)],
            [],
        ] as [[(Double, Double)]])
    func oursAlone(looks: [(Double, Double)]) {
        #expect(evidence(looks).load == nil)
    }

    // MARK: Requests that ended

    @Test func othersAnswered() throws {
        let count = ForeignEvidence.Count(theirs: 164, ours: 100, oursAtMost: 104)
        let load = try #require(evidence(ended: count).load)
        #expect(load.requestsPerSecond == 3.2 && load.words == "3.2 req/s")
    }

    @Test(arguments: [
        ForeignEvidence.Count(theirs: 100, ours: 100, oursAtMost: 100),
        // Two, and 5 %.
        .init(theirs: 12, ours: 10, oursAtMost: 10), .init(theirs: 105, ours: 100, oursAtMost: 100),
        // A wave of ours ends as the page is read.
        .init(theirs: 164, ours: 100, oursAtMost: 164),
        // Another replica had them.
        .init(theirs: 30, ours: 100, oursAtMost: 100),
    ])
    func answeredToUs(count: ForeignEvidence.Count) {
        #expect(evidence(ended: count).load == nil)
    }

    // MARK: Tokens

    @Test func othersTokens() throws {
        let tokens = ForeignEvidence.Count(theirs: 3_000, ours: 1_000, oursAtMost: 1_200)
        let load = try #require(evidence(tokens: tokens).load)
        #expect(load.tokensPerSecond == 100 && load.words == "100 tok/s")
        let ours = ForeignEvidence.Count(theirs: 1_240, ours: 1_000, oursAtMost: 1_200)
        #expect(evidence(tokens: ours).load == nil)
    }

    // MARK: Before a load

    @Test func aServerThatWorksForOthers() throws {
        var figures = ServerFigures()
        figures.elapsed = .second
        figures.running = 10
        figures.waiting = 2
        figures.requestsPerSecond = 3.1
        #expect(
            ForeignLoad(idle: figures)?.sentence
                == "others are using this server: 12 running, 3.1 requests/s; figures will be too low")
        figures.requestsPerSecond = 0
        figures.running = 0
        figures.waiting = 0
        #expect(ForeignLoad(idle: figures) == nil)
        figures.generationTokensPerSecond = 40
        #expect(
            ForeignLoad(idle: figures)?.sentence
                == "others are using this server: 0 running, 0 requests/s, 40 tokens/s; figures will be too low"
        )
        #expect(ForeignLoad(idle: ServerFigures()) == nil, "it doesn't say")
    }

    // MARK: The flag

    @Test func aLevelSaysHowMuch() {
        var level = LevelResult.sample()
        #expect(!level.judged(context: TrustContext()).trust.contains(.foreignLoad))
        level.telemetry = LevelTelemetry()
        #expect(!level.judged(context: TrustContext()).trust.contains(.foreignLoad))
        level.telemetry?.foreign = ForeignLoad(requestsPerSecond: 3.21, requestsOut: 4)
        level = level.judged(context: TrustContext())
        #expect(level.trust.contains(.foreignLoad))
        #expect(
            level.label(of: .foreignLoad) == "foreign 3.2 req/s" && level.kind(of: .foreignLoad) == "foreign")
    }
}
