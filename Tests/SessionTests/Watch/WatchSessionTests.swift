import Foundation
import Measure
import Synchronization
import Telemetry
import Terminal
import TestServer
import Testing

@testable import Client
@testable import Recording
@testable import Session

/// Whole watches: how they end, what they print, and what is left of them.
@Suite(.timeLimit(.minutes(5))) struct WatchSessionTests {
    @Test func once() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        let status = try await stage.run(stage.request([server.url], isOnce: true) { $0.output.json = true })
        #expect(status == .done)
        let document = try #require(try stage.documents().first)
        #expect(try stage.documents().count == 1 && stage.console.outputs.isEmpty)
        let endpoint = try #require((document["endpoints"] as? [[String: Any]])?.first)
        #expect(endpoint["url"] as? String == server.url && endpoint["status"] as? String == "up")
        #expect(endpoint["running"] as? Double == 3 && endpoint["engine"] as? String == "vllm")
        #expect(endpoint["generation_tokens_per_s"] as? Double ?? 0 > 0)
        #expect(endpoint["kv_cache_usage"] is NSNull, "what isn't said is null, never 0")
        #expect(endpoint["scrape_ms"] as? Double ?? 0 > 0)
        let ttft = try #require(endpoint["ttft_ms"] as? [String: Any])
        #expect((ttft["mean"] as? Double).map { abs($0 - 50) < 1e-6 } == true)
        // Ten from each look to the next; while it is asked for its name, there may be one more.
        #expect((ttft["count"] as? Int).map { $0 >= 10 && $0.isMultiple(of: 10) } == true)
        #expect((ttft["is_bound"] as? [String: Bool])?["p95"] == false)
        server.stop()
    }

    /// Scripts read keys by name, people from top to bottom: new ones come at the end.
    @Test func keysAndTheirOrder() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        _ = try await stage.run(stage.request([server.url], isOnce: true) { $0.output.json = true })
        let text = stage.console.documents
        #expect(text.hasPrefix("{\"at\":\""))
        var place = text.startIndex
        for key in [
            "at", "endpoints", "url", "server", "model", "engine", "status", "verdicts", "running", "waiting",
            "kv_cache_usage", "prompt_tokens_per_s", "generation_tokens_per_s", "requests_per_s",
            "errors_per_s", "prefix_cache_hit_rate", "preemptions_per_s", "spec_acceptance_rate", "ttft_ms",
            "mean", "p50", "p95", "p99", "count", "tpot_ms", "itl_ms", "e2e_ms", "queue_ms", "prefill_ms",
            "decode_ms", "load_line", "error", "gpus",
        ] {
            let next = text[place...].range(of: "\"\(key)\":")
            #expect(next != nil, "\(key) is missing, or in another place: \(text)")
            place = next?.upperBound ?? place
        }
        server.stop()
    }

    @Test(
        arguments: [
            (10, 10, "ttft:p50<100ms", .done), (0, 10, "ttft:p50<100ms", .broken),
            // The limit lies inside of a bucket that decides.
            (0, 10, "ttft:p50<500ms", .undecided), (10, 0, "ttft:p50<100ms", .done),
        ] as [(Int, Int, String, Session.ExitStatus)])
    func aHealthCheck(fast: Int, answers: Int, budget: String, status: Session.ExitStatus) async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server(fast: fast, answers: answers))
        #expect(try await stage.run(stage.request([server.url], budget: budget, isOnce: true)) == status)
        server.stop()
    }

    @Test func oneOfTwoIsNotThere() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        let (socket, port) = try ScriptedServer.reserve()
        defer { withExtendedLifetime(socket) {} }
        let request = try stage.request([server.url, "127.0.0.1:\(port)"], isOnce: true)
        #expect(try await stage.run(request) == .endpointUnusable)
        #expect(stage.console.outputs.contains("connection refused"))
        server.stop()
    }

    @Test func forSomeTimeAndAgain() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        let request = try stage.request([server.url], for: 500 * .millisecond) { $0.output.json = true }
        #expect(try await stage.run(request) == .done)
        #expect(try stage.documents().count > 1, "a line an interval")
        #expect(try stage.reader().ended != nil)
        #expect(try stage.reader().servers.map(\.url) == [server.url])
        server.stop()
        // What was seen is seen again.
        let parts = SessionParts(console: stage.console, signals: { MadeUpSignals.Listening() })
        try await ReplaySession(stage.recording, parts: parts).summarize()
        #expect(stage.console.outputs.contains(":\(server.port)"))
        #expect(stage.console.outputs.contains("50.0 ms") || stage.console.outputs.contains("50 ms"))
    }

    @Test func endedByASignal() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        let raising = Task { [signals = stage.signals] in
            while server.requests.count < 5 { try await Task.sleep(for: .milliseconds(5)) }
            signals.raise(15)
        }
        #expect(try await stage.run(stage.request([server.url])) == .signal(15))
        try await raising.value
        #expect(stage.console.outputs.contains("plimsoll replay \(stage.recording)"))
        #expect(try stage.reader().ended != nil)
        server.stop()
    }

    // MARK: Screen

    @Test(arguments: [nil, "ttft:p50<100ms"]) func leftByQ(budget: String?) async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server(fast: 0))
        let hands = Hands().then("qy") { $0.watch.servers.first?.facts?.minute.ttft?.count ?? 0 >= 100 }
        let request = try stage.request([server.url], budget: budget) { $0.screen = Hands.screen }
        let status = try await stage.run(request) { parts in
            parts.terminal = { application, _ in await hands.use(application) }
        }
        #expect(status == (budget == nil ? .done : .broken))
        #expect(stage.console.outputs.contains(":\(server.port)"))
        server.stop()
    }

    @Test func hungUp() async throws {
        let (stage, server) = (try WatchStage(), try WatchStage.server())
        var hands = Hands().then("m") { $0.watch.servers.first?.facts != nil }
        hands.end = .hungUp
        let (used, request) = (hands, try stage.request([server.url]) { $0.screen = Hands.screen })
        let status = try await stage.run(request) { parts in
            parts.terminal = { application, _ in await used.use(application) }
        }
        #expect(status == .signal(1))
        #expect(stage.console.outputs.isEmpty, "nobody reads it")
        #expect(try stage.reader().ended != nil)
        server.stop()
    }

    // MARK: Discovery

    @Test func nobodyIsFound() async throws {
        let stage = try WatchStage()
        let failure = await #expect(throws: CommandFailure.self) {
            try await stage.run(stage.request([], isOnce: true))
        }
        #expect(failure?.status == .endpointUnusable)
        #expect(OutputFile.isFree(stage.recording), "nothing was seen: nothing is left")
    }

    @Test func foundAndFoundLater() async throws {
        let stage = try WatchStage()
        let (first, second) = (try WatchStage.server(), try WatchStage.server())
        let machine = stage.folder + "/proc"
        let looks = Mutex(0)
        let ports = [first.port, second.port]
        let hands = Hands().then("qy") { $0.watch.servers.filter { $0.facts != nil }.count == 2 }
        let status = try await stage.run(stage.request([]) { $0.screen = Hands.screen }) { parts in
            parts.processes = {
                let look = looks.withLock { looks in
                    looks += 1
                    return looks
                }
                let servers = ports.prefix(look < 3 ? 1 : 2).map {
                    (command: ["vllm", "serve", "m", "--port", "\($0)"], port: $0)
                }
                return ProcessTable(root: (try? MadeUpMachine(machine, servers).root) ?? "")
            }
            // Five seconds are fifty milliseconds.
            parts.wait = { try? await Task.sleep(for: .nanoseconds($0 / 100)) }
            parts.terminal = { application, _ in await hands.use(application) }
        }
        #expect(status == .done)
        #expect(try stage.reader().servers.map(\.localPort) == ports)
        for server in [first, second] { server.stop() }
    }
}

extension WatchStage {
    func reader() throws -> RecordingReader { try RecordingReader.open(path: recording) }
}
