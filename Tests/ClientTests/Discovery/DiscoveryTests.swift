import Measure
import Simulator
import Testing
import Wire

@testable import Client

@Suite("Discovery against the simulator", .timeLimit(.minutes(10)))
struct DiscoveryTests {
    static let refusable = ["stream_options", "continuous_usage_stats", "ignore_eos", "min_tokens"]
    /// Each alone, and every combination.
    static let refusals: [Set<String>] = (0..<16).map { mask in
        Set(refusable.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element))
    }

    @Test(
        "fields that are refused are given up, one by one or all together, and no others", arguments: refusals
    )
    func refusedFields(refused: Set<String>) async throws {
        var settings = SimulatorSettings.quick
        settings.refusedFields = refused
        try await withServer(settings) { server in
            let found = try await discover(server.url)
            let taken = found.info.capabilities
            #expect(taken.contains("ignore_eos") == !refused.contains("ignore_eos"))
            #expect(taken.contains("min_tokens") == !refused.contains("min_tokens"))
            #expect(taken.contains("include_usage") == !refused.contains("stream_options"))
            let continuous = refused.isDisjoint(with: ["stream_options", "continuous_usage_stats"])
            #expect(taken.contains("continuous_usage_stats") == continuous)
            #expect(taken.contains("temperature"))
            // And the load that follows is accepted.
            var rig = try await LoadRig(found)
            try await rig.hold(2)
            try await rig.until { $0.good.count >= 6 }
            try await rig.end()
            #expect(rig.failed.isEmpty)
            let source: TokenSource =
                refused.contains("stream_options") ? .chunks : continuous ? .usageStream : .usage
            #expect(Set(rig.good.map(\.tokenSource)) == [source])
        }
    }

    @Test("the model comes from the list when none is named")
    func modelFromTheList() async throws {
        try await withServer { server in
            let found = try await discover(server.url)
            #expect(found.info.model == "simulated-8b")
            #expect(found.info.server == "plimsoll")
            #expect(found.info.dialect == "chat")
            #expect(found.info.url.text == server.url + "/v1/chat/completions")
            #expect(found.info.label == "127.0.0.1:\(server.port)")
            #expect(found.notes.isEmpty)
        }
    }

    @Test("every way of writing an address leads to the same route", arguments: ["", "/", "/v1", "/v1/"])
    func addresses(path: String) async throws {
        try await withServer { server in
            let found = try await discover(server.url + path)
            #expect(found.info.url.text == server.url + "/v1/chat/completions")
        }
    }

    @Test("a full route is taken as it is")
    func fullRoute() async throws {
        try await withServer { server in
            let chat = try await discover(server.url + "/v1/chat/completions")
            #expect(chat.info.dialect == "chat")
            let text = try await discover(server.url + "/v1/completions")
            #expect(text.info.dialect == "completions")
            #expect(text.info.url.text == server.url + "/v1/completions")
        }
    }

    @Test("prompts get the length asked for", arguments: [30, 200, 1000])
    func promptLength(tokens: Int) async throws {
        try await withServer { server in
            let found = try await discover(server.url, inputTokens: tokens)
            #expect(found.calibration.isSettled)
            var rig = try await LoadRig(found)
            try await rig.hold(3)
            try await rig.until { $0.good.count >= 9 }
            try await rig.end()
            for request in rig.good {
                let input = try #require(request.inputTokens)
                #expect(abs(input - tokens) <= max(2, tokens / 50))
            }
        }
    }

    @Test("a model that does not exist: the message lists those that do")
    func wrongModel() async throws {
        try await withServer { server in
            let error = await #expect(throws: DiscoveryError.self) {
                try await discover(server.url, model: "gpt-99")
            }
            #expect(error?.failure.kind == .notFound)
            #expect("\(error!)".contains("simulated-8b"))
            #expect("\(error!)".contains("gpt-99"))
        }
    }

    @Test("without the right key: unauthorized, and how to give one; with it, all is well")
    func keys() async throws {
        var settings = SimulatorSettings.quick
        settings.requiredKey = "sesame"
        try await withServer(settings) { server in
            for key in [nil, "wrong"] {
                let error = await #expect(throws: DiscoveryError.self) {
                    try await discover(
                        server.url, settings: ClientSettings.patient(apiKey: key.map { Secret($0) }))
                }
                #expect(error?.failure.kind == .unauthorized)
                #expect("\(error!)".contains("--api-key-env"))
            }
            _ = try await discover(server.url, settings: ClientSettings.patient(apiKey: Secret("sesame")))
            _ = try await discover(
                server.url, settings: ClientSettings.patient(headers: [("api-key", Secret("sesame"))]))
        }
    }

    @Test(
        "a server that always fails: its own kind, in one line",
        arguments: [
            (SimulatorFault.html, FailureKind.notAStream), (.serverError, .serverError),
            (.unavailable, .unavailable), (.rateLimit, .rateLimited), (.reset, .connectionReset),
            (.close, .closedEarly), (.errorEvent, .inStream), (.cutJSON, .malformed),
            (.garbage, .malformed), (.endlessHead, .tooLarge),
        ])
    func brokenServers(fault: SimulatorFault, kind: FailureKind) async throws {
        var settings = SimulatorSettings.quick
        settings.fault = FaultChoice(fault)
        try await withServer(settings) { server in
            let error = await #expect(throws: DiscoveryError.self) { try await discover(server.url) }
            #expect(error?.failure.kind == kind)
            #expect("\(error!)".hasPrefix(server.url))
            #expect(!"\(error!)".contains("\n"))
        }
    }

    @Test("a server that never answers is given up when the time is over")
    func silence() async throws {
        var settings = SimulatorSettings.quick
        settings.fault = FaultChoice(.hang)
        try await withServer(settings) { server in
            let error = await #expect(throws: DiscoveryError.self) {
                try await discover(server.url, settings: ClientSettings(requestTimeout: .second / 2))
            }
            #expect(error?.failure.kind == .timeout)
        }
    }

    @Test("a prompt longer than the model's context: say so, and what to do")
    func tooLong() async throws {
        var settings = SimulatorSettings.quick
        settings.contextLength = 1000
        try await withServer(settings) { server in
            let error = await #expect(throws: DiscoveryError.self) {
                try await discover(server.url, inputTokens: 5000)
            }
            #expect(error?.failure.kind == .rejected)
            #expect("\(error!)".contains("--input-tokens"))
        }
    }
}
