import Client
import Foundation
import Measure
import Recording
import Synchronization
import TestServer
import Testing

@testable import Session

/// Small requests to servers that are watched: what is sent, what is told of it, and whom it delays.
@Suite(.timeLimit(.minutes(5))) struct CanaryTests {
    private static let page = "vllm:num_requests_running{engine=\"0\"} 0\n"

    /// A server that answers everything with four tokens.
    private static func sound(_ request: String) -> ScriptedServer.Reply {
        if request.hasPrefix("GET /metrics ") { return ScriptedServer.page(page) }
        if request.hasPrefix("GET /v1/models ") { return ScriptedServer.json(#"{"data":[{"id":"m"}]}"#) }
        guard request.hasPrefix("POST /v1/chat/completions ") else {
            return ScriptedServer.page("", status: "404 Not Found")
        }
        let words = (0..<4).map { #"{"choices":[{"index":0,"delta":{"content":" w\#($0)"}}]}"# }
        let events =
            words + [
                #"{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"#,
                #"{"choices":[],"usage":{"prompt_tokens":32,"completion_tokens":4,"total_tokens":36}}"#,
                "[DONE]",
            ]
        let body = events.map { "data: \($0)\n\n" }.joined()
        return .answer(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
                + body)
    }

    private static func isPost(_ request: String) -> Bool { request.hasPrefix("POST ") }

    /// No answer is given up before the test's own time is over.
    private static let patient = ClientSettings(
        connectTimeout: 3_600 * .second, requestTimeout: 3_600 * .second)

    @Test func nothingIsSentUnasked() async throws {
        let server = try ScriptedServer(Self.sound)
        let rig = try WatchRig([server.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 5 }
        await rig.crew.end()
        #expect(!server.requests.contains(where: Self.isPost))
        server.stop()
    }

    /// By the page's own address, too: its API stands beside it.
    @Test(arguments: ["", "/v1", "/metrics"]) func whatAClientMeetsWith(path: String) async throws {
        let server = try ScriptedServer(Self.sound)
        let rig = try WatchRig([server.url + path], settings: Self.patient, canary: 20 * .millisecond)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.canaries(0).count >= 3 }
        await rig.crew.end()
        let answers = rig.canaries(0).filter { $0.failure == nil }
        #expect(answers.count == rig.canaries(0).count)
        for answer in answers {
            #expect(answer.ttft ?? 0 > 0 && answer.tpot != nil && answer.connect != nil)
            #expect((answer.e2e ?? 0) >= (answer.ttft ?? .max))
            #expect(answer.promptTokens == 32 && answer.outputTokens == 4)
        }
        // What had to be found out was so once.
        #expect(answers.map { $0.beforehand != nil }.prefix(3) == [true, false, false])
        let posts = server.requests.filter(Self.isPost)
        let beforehand = answers.first?.beforehand
        #expect(posts.count <= answers.count + (beforehand?.requests ?? 0) + 1, "each asks once")
        #expect(beforehand?.tokens == 36 * (beforehand?.requests ?? 0))
        #expect(Set(posts.map { $0.components(separatedBy: "\r\n\r\n").last }).count == posts.count)
        server.stop()
    }

    /// One that never answers delays neither the looks, nor the others, nor the end.
    @Test func oneThatHangs() async throws {
        let silent = try ScriptedServer { request in
            Self.isPost(request) ? .silence : Self.sound(request)
        }
        let sound = try ScriptedServer(Self.sound)
        let rig = try WatchRig([silent.url, sound.url], settings: Self.patient, canary: 600 * .second)
        // Its turn would be in five minutes.
        let other = try WatchRig([sound.url], settings: Self.patient, canary: 20 * .millisecond)
        await rig.crew.add(rig.addresses)
        await other.crew.add(other.addresses)
        try await rig.until { silent.requests.contains(where: Self.isPost) }
        let before = rig.readings(0).count
        try await rig.until { rig.readings(0).count > before + 5 && rig.readings(1).count > 5 }
        try await rig.until { other.canaries(0).count > 2 }
        #expect(rig.canaries(0).isEmpty)
        await rig.crew.end()
        await other.crew.end()
        #expect(silent.requests.filter(Self.isPost).count == 1, "never more than one")
        #expect(rig.canaries(0).isEmpty, "what was given up is no failure")
        silent.stop()
        sound.stop()
    }

    @Test func noLongerThanTheInterval() async throws {
        let server = try ScriptedServer { request in
            Self.isPost(request) ? .silence : Self.sound(request)
        }
        let rig = try WatchRig([server.url], settings: Self.patient, canary: 200 * .millisecond)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.canaries(0).count >= 2 }
        await rig.crew.end()
        for answer in rig.canaries(0) {
            #expect(answer.failure?.text.contains("0.2 s") == true && answer.ttft == nil)
        }
        server.stop()
    }

    @Test func aKeyIsNeverToldOn() async throws {
        let server = try ScriptedServer { request in
            guard Self.isPost(request) else { return Self.sound(request) }
            return ScriptedServer.json(
                #"{"error":{"message":"bad key sk-veryverysecret1 \u001b[31m"}}"#, status: "401 Unauthorized")
        }
        let settings = ClientSettings(apiKey: Secret("sk-veryverysecret1"))
        let rig = try WatchRig([server.url], settings: settings, canary: 100 * .millisecond)
        await rig.crew.add(rig.addresses)
        try await rig.until { !rig.canaries(0).isEmpty }
        await rig.crew.end()
        let words = try #require(rig.canaries(0).first?.failure?.text)
        #expect(words.contains("401") && words.contains("--api-key-env"))
        #expect(!words.contains("veryverysecret") && !words.contains("\u{1B}"))
        server.stop()
    }

    @Test func noServer() async throws {
        let server = try ScriptedServer { _ in
            ScriptedServer.page("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-1\",modelName=\"H100\"} 50\n")
        }
        let rig = try WatchRig([server.url + "/metrics"], canary: 20 * .millisecond)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 5 }
        await rig.crew.end()
        #expect(!server.requests.contains(where: Self.isPost))
        server.stop()
    }

    @Test func sixtyFourAreSpread() {
        let turns = (0..<64).map(Canary.turn)
        #expect(turns.prefix(4) == [0, 0.5, 0.25, 0.75])
        #expect(Set(turns).count == 64 && turns.allSatisfy { (0..<1).contains($0) })
        let gaps = zip(turns.sorted(), turns.sorted().dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { $0 == 1.0 / 64 })
    }

    /// Live and in replay it is the same.
    @Test func wholeWatch() async throws {
        let (stage, server) = (try WatchStage(), try ScriptedServer(Self.sound))
        let hands = Hands().then("qy") { snapshot in
            (snapshot.watch.servers.first?.canaryCount.sent ?? 0) >= 3
        }
        let request = try stage.request([server.url]) {
            $0.plan.canary = 50 * .millisecond
            $0.client = Self.patient
            $0.screen = Hands.screen
        }
        _ = try await stage.run(request) { parts in
            parts.terminal = { application, _ in await hands.use(application) }
        }
        let label = ":\(server.port)"
        let line = try #require(
            stage.console.outputs.split(separator: "\n").first { $0.hasPrefix("canary, \(label)") })
        #expect(line.contains(" sent, 0 failed, ") && line.hasSuffix(" tokens in all"))
        #expect(try stage.reader().session.watch?.canary == 50 * .millisecond)
        let parts = SessionParts(console: stage.console, signals: { MadeUpSignals.Listening() })
        try await ReplaySession(stage.recording, parts: parts).summarize()
        #expect(
            stage.console.outputs.split(separator: "\n").filter { $0 == line }.count == 2,
            "the replay's is the same")
        server.stop()
    }

    @Test func inJSON() async throws {
        let (stage, server) = (try WatchStage(), try ScriptedServer(Self.sound))
        let signal = Task { [signals = stage.signals] in
            while server.requests.filter(Self.isPost).count < 8 {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await Task.sleep(for: .milliseconds(200))
            signals.raise(15)
        }
        _ = try await stage.run(
            stage.request([server.url]) {
                $0.plan.canary = 50 * .millisecond
                $0.client = Self.patient
                $0.output.json = true
            })
        try await signal.value
        let canaries = try stage.documents().compactMap {
            ($0["endpoints"] as? [[String: Any]])?.first?["canary"] as? [String: Any]
        }
        let last = try #require(canaries.last { $0["sent"] as? Int ?? 0 > 1 })
        #expect(last["failed"] as? Int == 0 && last["tokens"] as? Int ?? 0 >= 72)
        let answer = try #require(last["last"] as? [String: Any])
        #expect(answer["ttft_ms"] as? Double ?? 0 > 0 && answer["e2e_ms"] as? Double ?? 0 > 0)
        #expect(answer["tpot_ms"] as? Double != nil && answer["error"] is NSNull)
        #expect((answer["at"] as? String)?.hasSuffix("Z") == true)
        server.stop()
    }
}
