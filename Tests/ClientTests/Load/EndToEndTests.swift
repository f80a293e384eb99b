import Collector
import Measure
import Simulator
import Synchronization
import Testing

@testable import Client

@Suite("From the socket to the level", .serialized, .timeLimit(.minutes(10)))
struct EndToEndTests {
    /// What a window of a paced simulator gave, and what the simulator says of the same time.
    struct Outcome {
        var level: LevelResult
        var requests: [RequestRecord]
        var truth: [RequestTruth]
        var numbered: [UInt32: RequestTruth]
    }

    static let users = 6
    static let tokens = 8

    private func run(_ settings: SimulatorSettings, model: String? = nil) async throws -> Outcome {
        var settings = settings
        settings.keepsTokenTimes = true
        return try await withServer(settings) { server in
            var found = try await discover(server.url)
            if let model { found = found.asking(for: model) }
            await server.resetTruth()

            let load = try await LoadGenerator(loops: 2)
            let id = found.info.id
            try await load.add(found, requestedTokens: Self.tokens, seed: LoadRig.seed)
            let session = SessionInfo(
                started: .now(), version: "0", command: "sweep", options: [:], seed: 1, host: "here")
            let context = TrustContext(askedInputTokens: 40, askedOutputTokens: Self.tokens)
            let collector = Collector(
                ledger: Ledger(session: session, settings: LedgerSettings(trust: context)), sink: nil)
            let news = Mutex<(level: LevelResult?, progress: LevelProgress?)>((nil, nil))
            await collector.listen { told in
                news.withLock { news in
                    switch told {
                    case .progress(_, let progress): news.progress = progress
                    case .finished(let result): news.level = result
                    }
                }
            }
            await collector.take(.event(.sourceJoined(load.info, at: SystemTime.now())))
            await collector.take(.event(.endpointFound(found.info, at: SystemTime.now())))
            let start = LevelStart(
                endpoint: id, level: 0, load: .users(Self.users), planned: 1)
            await collector.take(.event(.levelStarted(start, at: SystemTime.now())))
            try await load.setUsers(Self.users, on: id)

            var requests: [RequestRecord] = []
            var closing = false
            var level: LevelResult?
            for await batch in load.samples {
                requests += batch.requests
                await collector.take(.batch(batch))
                level = news.withLock { $0.level }
                if level != nil { break }
                guard let progress = news.withLock({ $0.progress }), !closing else { continue }
                if progress.windowOpened == nil, progress.usersServed == Self.users {
                    _ = await collector.openWindow(id, level: 0, notBefore: SystemTime.now())
                } else if progress.windowOpened != nil, progress.completed + progress.failed >= 60 {
                    closing = true
                    await collector.closeWindow(
                        id, level: 0, at: SystemTime.now())
                    await collector.explainWindow(id, level: 0, WindowCircumstances())
                }
            }
            try await load.shutDown()
            for await batch in load.samples { requests += batch.requests }
            let numbered = try await truthByNumber(
                server, covering: requests.filter(\.succeeded).map(\.number))
            return Outcome(
                level: try #require(level), requests: requests, truth: await server.truth()?.requests ?? [],
                numbered: numbered)
        }
    }

    private static let paced = SimulatorSettings(
        mode: .paced(PacedModel(ttft: 20 * .millisecond, tpot: 5 * .millisecond)))

    @Test("every request of the client is one of the server's, with the same tokens")
    func requestsAgree() async throws {
        let outcome = try await run(Self.paced)
        #expect(outcome.numbered.count == outcome.requests.count)
        for request in outcome.requests {
            let truth = try #require(outcome.numbered[request.number])
            guard request.succeeded else {
                #expect(request.wasCancelled)
                #expect(request.outputTokens <= truth.outputTokens)
                continue
            }
            #expect(truth.outcome == .finished)
            #expect(request.outputTokens == truth.outputTokens)
            #expect(request.inputTokens == truth.promptTokens)
            #expect(request.outputTokens == Self.tokens)
            let (first, meant) = (try #require(request.first), try #require(truth.firstMeant))
            #expect(first >= meant)
            #expect(truth.received >= request.intended)
            // TTFT and what came before it are no shorter than what the server took, on a machine of any speed.
            #expect(first - request.intended >= meant - truth.received)
        }
    }

    @Test("the window's tokens lie between what was sent for certain inside it and what may have come in it")
    func windowTokensAgree() async throws {
        let outcome = try await run(Self.paced)
        let level = outcome.level
        // A token that was due at some moment was read at it or later, and never after its request's end.
        var ends: [String: Moment] = [:]
        for (number, truth) in outcome.numbered {
            ends[truth.id] = outcome.requests.first { $0.number == number }?.end
        }
        var certain = 0
        var possible = 0
        for request in outcome.truth {
            guard let end = ends[request.id] else { continue }
            for due in request.meant ?? [] where due < level.windowEnd && end >= level.windowStart {
                possible += 1
                if due >= level.windowStart, end < level.windowEnd { certain += 1 }
            }
        }
        #expect(certain > 0)
        #expect(level.windowTokens >= Double(certain))
        #expect(level.windowTokens <= Double(possible))
        #expect(level.throughput.mean == level.windowTokens / level.duration.inSeconds)

        let finished = outcome.requests.filter {
            $0.succeeded && $0.end >= level.windowStart && $0.end < level.windowEnd
        }
        #expect(level.completed == finished.count)
        #expect(level.failed == 0)
        #expect(level.outputTokens == finished.count * Self.tokens)
        #expect(level.ttft.count == finished.count)
        #expect(level.connect.count == 0)
        #expect(level.ttft.min == Double(finished.compactMap(\.timeToFirstToken).min() ?? 0))
        #expect(level.e2e.max == Double(finished.compactMap(\.endToEndLatency).max() ?? 0))
        #expect(!level.trust.contains(.inputLength))
        #expect(!level.trust.contains(.outputLength))
        #expect(!level.trust.contains(.errors))
    }

    @Test(
        "however the tokens are packed and named, the counts are the server's",
        arguments: ["several", "no-usage", "reasoning", "tool-calls", "no-role", "crlf", "split", "comments"])
    func packed(fault: String) async throws {
        let outcome = try await run(Self.paced, model: "fault:\(fault)")
        for request in outcome.requests where request.succeeded {
            let truth = try #require(outcome.numbered[request.number])
            #expect(request.outputTokens == truth.outputTokens)
            #expect(request.tokenSource == (fault == "no-usage" ? .chunks : .usageStream))
        }
        #expect(outcome.level.failed == 0)
        #expect(outcome.level.outputTokens == outcome.level.completed * Self.tokens)
    }

    @Test("an early role chunk is not the first token")
    func earlyRoleChunk() async throws {
        var settings = Self.paced
        settings.roleChunk = .early
        let outcome = try await run(settings)
        for request in outcome.requests where request.succeeded {
            let truth = try #require(outcome.numbered[request.number])
            let (first, meant) = (try #require(request.first), try #require(truth.firstMeant))
            #expect(first >= meant)
        }
    }
}
