import Foundation
import Measure
import Synchronization
import TestServer
import Testing

@testable import Client
@testable import Session

/// What servers' pages come to, each server in its own time.
@Suite(.timeLimit(.minutes(5))) struct ServerSourceTests {
    private static let page = "process_start_time_seconds 1\nvllm:num_requests_running{engine=\"0\"} 3\n"

    private static func sound(_ request: String) -> ScriptedServer.Reply {
        request.hasPrefix("GET /metrics ")
            ? ScriptedServer.page(page) : ScriptedServer.page("", status: "404 Not Found")
    }

    struct Hostile: Sendable, CustomTestStringConvertible {
        var name: String
        var words: String
        var reply: ScriptedServer.Reply
        var testDescription: String { name }
    }

    static let hostile: [Hostile] = [
        Hostile(
            name: "500 MB", words: "larger than",
            reply: .endless(
                "HTTP/1.1 200 OK\r\ncontent-length: 500000000\r\n\r\n",
                String(repeating: "a_metric 1\n", count: 10_000), pause: 0)),
        Hostile(
            name: "without end", words: "larger than",
            reply: .endless(
                "HTTP/1.1 200 OK\r\n\r\n", String(repeating: "a_metric 1\n", count: 10_000), pause: 0)),
        Hostile(
            name: "more series than any server has", words: "more than",
            reply: ScriptedServer.page((0..<30_000).map { "a{b=\"\($0)\"} 1\n" }.joined())),
        Hostile(
            name: "a slow drip", words: "within",
            reply: .endless("HTTP/1.1 200 OK\r\n\r\n", "a_metric 1\n", pause: 50)),
        Hostile(name: "silence", words: "within", reply: .silence),
        Hostile(
            name: "HTML", words: "web page", reply: ScriptedServer.page("<!doctype html><title>Hello</title>")
        ),
        Hostile(
            name: "gzip", words: "compressed",
            reply: ScriptedServer.page("\u{1F}x", headers: ["content-encoding: gzip"])),
        Hostile(name: "nothing on it", words: "no metrics", reply: ScriptedServer.page("# HELP a b\n")),
        Hostile(
            name: "401", words: "--api-key-env",
            reply: ScriptedServer.page("{}", status: "401 Unauthorized")),
        Hostile(
            name: "404", words: "--enable-metrics", reply: ScriptedServer.page("", status: "404 Not Found")),
        Hostile(
            name: "503 while loading", words: "Loading model",
            reply: ScriptedServer.page(
                #"{"error":{"message":"Loading model"}}"#, status: "503 Service Unavailable")),
        Hostile(
            name: "400 of a router", words: "?model=NAME",
            reply: ScriptedServer.page(
                #"{"error":{"message":"model name is missing from the request"}}"#, status: "400 Bad Request")
        ),
        Hostile(name: "it closes", words: "closed the connection", reply: .lastAnswer("")),
        Hostile(
            name: "it closes in mid-page", words: "mid-answer",
            reply: .lastAnswer(
                "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\na 1\n")),
        Hostile(name: "another protocol", words: "speak HTTP", reply: .lastAnswer("SSH-2.0-OpenSSH_9.2\r\n")),
    ]

    @Test func theOthersGoOn() async throws {
        let good = try ScriptedServer(Self.sound)
        let bad = try Self.hostile.map { hostile in try ScriptedServer { _ in hostile.reply } }
        let rig = try WatchRig(
            [good.url] + bad.map(\.url), settings: ClientSettings(requestTimeout: 2 * .second))
        await rig.crew.add(rig.addresses)
        try await rig.until { Self.hostile.indices.allSatisfy { !rig.troubles($0 + 1).isEmpty } }
        let before = rig.readings(0).count
        #expect(before > 2, "while others took two seconds to be given up")
        try await rig.until { rig.readings(0).count > before + 10 }
        for (place, hostile) in Self.hostile.enumerated() {
            let troubles = rig.troubles(place + 1)
            #expect(
                troubles.first?.words.text.contains(hostile.words) == true, "\(hostile.name): \(troubles)")
            #expect(rig.readings(place + 1).isEmpty)
        }
        #expect(rig.troubles(0).isEmpty)
        await rig.crew.end()
        for server in [good] + bad { server.stop() }
    }

    @Test func aTroubleIsSaidOnce() async throws {
        let server = try ScriptedServer { _ in ScriptedServer.page("{}", status: "401 Unauthorized") }
        let rig = try WatchRig([server.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { server.requests.filter { $0.hasPrefix("GET /metrics ") }.count > 10 }
        #expect(rig.troubles(0).count == 1)
        await rig.crew.end()
        server.stop()
    }

    /// Whether that comes before anybody could ask, or after, is chance.
    @Test func whoSpeaksUnaskedIsTold() async throws {
        let (socket, port) = try ScriptedServer.listen(backlog: 16)
        defer { close(socket) }
        let greeting = Thread {
            while case let client = accept(socket, nil, nil), client >= 0 {
                _ = "SSH-2.0-OpenSSH_9.2\r\n".withCString { write(client, $0, strlen($0)) }
            }
        }
        greeting.start()
        let looks = ServerLooks(
            try WatchedAddress(parsing: "127.0.0.1:\(port)"), SourceID(0), settings: ClientSettings(),
            clock: SystemTime())
        for _ in 0..<20 {
            guard case .trouble(let trouble) = await looks.look() else { return #expect(Bool(false)) }
            #expect(trouble.words.text.contains("does this port speak HTTP"))
        }
        await looks.close()
        shutdown(socket, Int32(SHUT_RDWR))
    }

    @Test func aPortThatNobodyThoughtOf() {
        let refused = RequestFailure(kind: .connectionRefused, message: "connection refused")
        func words(_ port: Shown?) -> String {
            let advice = LookAdvice(key: "", port: port, protocol: "")
            return LookFailure.request(refused, advice).trouble.words.text
        }
        #expect(words(nil) == "connection refused")
        #expect(words("nobody listens at port 80").hasSuffix("name another as in host:8000"))
    }

    /// It costs whoever makes the page, the net, and us.
    @Test func whatIsDearIsAskedForLessOften() async throws {
        let server = try ScriptedServer { _ in
            ScriptedServer.page((0..<30_000).map { "a{b=\"\($0)\"} 1\n" }.joined())
        }
        let clock = ManualClock()
        let looks = ServerLooks(
            try WatchedAddress(parsing: server.url), SourceID(0), settings: ClientSettings(), clock: clock)
        var asked: [Moment] = []
        var said: [String] = []
        for _ in 0..<200 {
            let before = server.requests.count
            guard case .trouble(let trouble) = await looks.look() else { continue }
            if server.requests.count > before {
                asked.append(clock.now())
                said.append(trouble.words.text)
            }
            #expect(trouble.words.text == said.last)
            _ = clock.advance(by: .second)
        }
        #expect(zip(asked, asked.dropFirst()).map { ($1 - $0) / .second } == [5, 10, 20, 40, 60, 60])
        #expect(said[0].hasSuffix("more than 20000 series"))
        #expect(said[2].hasSuffix("more than 20000 series; asked every 20 s only"))
        await looks.close()
        server.stop()
    }

    @Test func whereItIs() async throws {
        let first = try ScriptedServer(Self.sound)
        let port = first.port
        let rig = try WatchRig([first.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 2 }
        await rig.crew.end()
        first.stop()
        let here = WatchedServer(url: first.url, label: ":\(port)", localPort: port)
        #expect(rig.joined.map(\.role) == [.server(here)])
    }

    @Test func theUsualPlaces() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /prometheus/metrics ")
                ? ScriptedServer.page(Self.page) : ScriptedServer.page("", status: "404 Not Found")
        }
        let rig = try WatchRig([server.url + "/v1"])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 2 }
        let asked = server.requests.filter { $0.hasPrefix("GET /metrics ") }
        #expect(asked.count == 1, "it is known by then")
        await rig.crew.end()
        server.stop()
    }

    /// What stands behind the `?` goes with every page: a router of several models wants to know which.
    @Test func whichModel() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /metrics?model=m ")
                ? ScriptedServer.page(Self.page) : ScriptedServer.page("", status: "400 Bad Request")
        }
        let rig = try WatchRig([server.url + "/metrics?model=m"])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 2 }
        await rig.crew.end()
        server.stop()
    }

    @Test func itsNameIsAskedForOnce() async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /v1/models ")
                ? ScriptedServer.json(#"{"data":[{"id":"m","owned_by":"vllm"}]}"#) : Self.sound(request)
        }
        let rig = try WatchRig([server.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 10 && !rig.names(0).isEmpty }
        #expect(rig.names(0) == [.named(model: "m", server: "vllm")])
        #expect(server.requests.filter { $0.hasPrefix("GET /v1/models ") }.count == 1)
        await rig.crew.end()
        server.stop()
    }

    @Test func howLongItTookIsSaid() async throws {
        let server = try ScriptedServer(Self.sound)
        let rig = try WatchRig([server.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { !rig.readings(0).isEmpty }
        let reading = try #require(rig.readings(0).first)
        let place = try #require(reading.series.firstIndex { $0.text == "scrape_duration_seconds" })
        #expect(reading.values[place] ?? 0 > 0)
        await rig.crew.end()
        server.stop()
    }

    @Test func llamaCppHasSlots() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET /metrics ") {
                return ScriptedServer.page("llamacpp:requests_processing 1\n")
            }
            return request.hasPrefix("GET /slots ")
                ? ScriptedServer.json(#"[{"id":0,"is_processing":true,"n_ctx":4096}]"#)
                : ScriptedServer.page("", status: "404 Not Found")
        }
        let rig = try WatchRig([server.url])
        await rig.crew.add(rig.addresses)
        try await rig.until { !rig.readings(0).isEmpty }
        #expect(rig.readings(0).first?.series.contains { $0.text.hasPrefix("llamacpp:slot_busy") } == true)
        await rig.crew.end()
        server.stop()
    }

    @Test func aGPUExporter() async throws {
        let server = try ScriptedServer { _ in
            ScriptedServer.page(
                "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-1\",modelName=\"H100\"} 50\n")
        }
        let rig = try WatchRig([server.url + "/metrics"])
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 1 }
        #expect(rig.joined.map(\.role) == [.gpus])
        await rig.crew.end()
        server.stop()
    }

    /// It was slow, and so it was taken for a server; then it shows what it is.
    @Test func notWhatItSeemed() async throws {
        let isKnown = Mutex(false)
        let server = try ScriptedServer { _ in
            isKnown.withLock { $0 }
                ? ScriptedServer.page("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\"} 50\n")
                : ScriptedServer.page("", status: "503 Service Unavailable")
        }
        let rig = try WatchRig([server.url + "/metrics"])
        await rig.crew.add(rig.addresses)
        try await rig.until { !rig.troubles(0).isEmpty }
        isKnown.withLock { $0 = true }
        try await rig.until { !rig.readings(1).isEmpty }
        #expect(rig.joined.map { $0.role == .gpus } == [false, true])
        await rig.crew.end()
        server.stop()
    }

    @Test func oneIsOne() throws {
        let rig = try WatchRig([
            "http://localhost:8000", "127.0.0.1:8000/v1", "127.0.0.2:8000", "http://[::1]:8000/",
            "http://GPU01:8000",
            "gpu01:8000/v1/chat/completions", "gpu01:8000/metrics", "gpu01:8001", "gpu01:8000/proxy/v1",
        ])
        #expect(
            rig.addresses.map { $0.server(isHere: nil).label } == [
                ":8000", "127.0.0.2:8000", "GPU01:8000", "gpu01:8001", "gpu01:8000/proxy",
            ])
    }
}
