import Foundation
import Measure
import NIOCore
import Synchronization
import TestServer
import Testing
import Wire

@testable import Client

@Suite("Discovery: redirects, loading servers, ends of streams", .timeLimit(.minutes(10)))
struct FollowingTests {
    private static let models = "{\"data\":[{\"id\":\"m\"}]}"
    private static let events = [
        Reading.delta("\"content\":\"a\""),
        Reading.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":1}}"),
        Reading.event("[DONE]"),
    ]

    private static func redirect(_ status: Int, to location: String) -> ScriptedServer.Reply {
        .answer("HTTP/1.1 \(status) X\r\nlocation: \(location)\r\ncontent-length: 0\r\n\r\n")
    }

    private static func path(_ request: String) -> String { String(request.split(separator: " ")[1]) }

    // MARK: Redirects

    @Test(
        "a redirect on the same origin is followed, and the load goes there at once",
        arguments: [301, 302, 307, 308])
    func sameOrigin(status: Int) async throws {
        let server = try ScriptedServer { request in
            let path = Self.path(request)
            guard path.hasSuffix("/") else { return Self.redirect(status, to: path + "/") }
            return request.hasPrefix("GET ")
                ? ScriptedServer.json(Self.models) : ScriptedServer.stream(Self.events)
        }
        defer { server.stop() }
        let settings = ClientSettings.patient(apiKey: Secret("sk-12345678"))
        let found = try await discover(server.url, settings: settings)
        #expect(found.info.url.text == server.url + "/v1/chat/completions/")
        #expect(found.notes == ["redirected to /v1/chat/completions/"])
        let posts = server.requests.filter { $0.hasPrefix("POST ") }
        #expect(posts.filter { Self.path($0) == "/v1/chat/completions" }.count == 1)
        #expect(
            posts.count > 1 && posts.allSatisfy { $0.contains("\"messages\"") && $0.contains("sk-12345678") })

        var rig = try await LoadRig(found)
        try await rig.hold(1)
        try await rig.until { $0.good.count >= 2 }
        try await rig.end()
        #expect(rig.failed.isEmpty)
        let later = server.requests.dropFirst(posts.count + 2)
        #expect(!later.isEmpty && later.allSatisfy { Self.path($0) == "/v1/chat/completions/" })
    }

    @Test("another origin is named, and hears nothing", arguments: [true, false])
    func otherOrigin(isPage: Bool) async throws {
        let other = try ScriptedServer { _ in ScriptedServer.json(Self.models) }
        defer { other.stop() }
        let target = "http://127.0.0.1:\(other.port)/v1/x?key=sk-Winterreise"
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ") && !isPage
                ? ScriptedServer.json(Self.models) : Self.redirect(307, to: target)
        }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) {
            try await discover(
                server.url,
                settings: ClientSettings.patient(apiKey: Secret("sk-12345678"), wait: .second / 10))
        }
        #expect("\(error)".contains("http://127.0.0.1:\(other.port)/v1/x?…"), "\(error)")
        #expect(!"\(error)".contains("Winterreise"))
        #expect(other.requests == [])
    }

    @Test("servers that send one to and fro are left after a few hops")
    func circle() async throws {
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json(Self.models) }
            return Self.redirect(307, to: Self.path(request) == "/a" ? "/b" : "/a")
        }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) { try await discover(server.url) }
        #expect("\(error)".contains("more than 5 redirects"))
        #expect(server.requests.count < 10)
    }

    @Test(
        "a redirect that would make a GET of it, or leads nowhere, is said",
        arguments: [(303, "/b"), (307, "")])
    func notFollowed(status: Int, location: String) async throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ") ? ScriptedServer.json(Self.models) : Self.redirect(status, to: location)
        }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) { try await discover(server.url) }
        #expect(
            "\(error)".contains("HTTP \(status): it redirects to \(location.isEmpty ? "nowhere" : location)"))
    }

    // MARK: Waiting

    @Test("a server that loads says so, and --wait is named")
    func loading() async throws {
        let server = try ScriptedServer { _ in
            ScriptedServer.json("{\"error\":{\"message\":\"Loading model\",\"code\":503}}", status: "503 X")
        }
        defer { server.stop() }
        for model in [nil, "m"] {
            let error = try await #require(throws: DiscoveryError.self) {
                try await discover(server.url, model: model)
            }
            #expect("\(error)".contains("Loading model; it is loading its model; --wait"))
            #expect(error.failure.kind == .unavailable)
        }
        let reports = Mutex<[String]>([])
        var discovery = EndpointDiscovery.patient(ClientSettings.patient(wait: .second / 10))
        discovery.report = { line in reports.withLock { $0.append(line.text) } }
        let address = try EndpointAddress(parsing: server.url)
        let asking = discovery
        let error = try await #require(throws: DiscoveryError.self) {
            try await asking.discover(address, id: EndpointID(0), model: "m")
        }
        #expect("\(error)".contains("still loading when --wait was over"))
    }

    @Test("--wait waits for a server that loads, and for one that isn't there yet; it says so once")
    func waits() async throws {
        let (reserved, port) = try ScriptedServer.reserve()
        defer { close(reserved) }
        let reports = Mutex<[String]>([])
        var discovery = EndpointDiscovery.patient(ClientSettings.patient(wait: 60 * .second))
        discovery.report = { line in reports.withLock { $0.append(line.text) } }
        let address = try EndpointAddress(parsing: "http://127.0.0.1:\(port)")
        let asking = discovery
        async let finding = asking.discover(address, id: EndpointID(0), model: nil)
        while reports.withLock(\.isEmpty) { try await Task.sleep(for: .milliseconds(5)) }
        let asked = Mutex(0)
        let server = try ScriptedServer(port: port) { request in
            let number = asked.withLock { count in
                count += 1
                return count
            }
            if number < 6 { return ScriptedServer.json("{\"error\":\"Loading model\"}", status: "503 X") }
            return request.hasPrefix("GET ")
                ? ScriptedServer.json(Self.models) : ScriptedServer.stream(Self.events)
        }
        defer { server.stop() }
        #expect(try await finding.info.model == "m")
        let lines = reports.withLock { $0 }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("connection refused; waiting for it, up to 60 s") == true, "\(lines)")
    }

    @Test(
        "that it loads is said in many ways",
        arguments: [
            ("503 X", #"{"error":"model is loading"}"#), ("500 X", #"{"error":"model is still loading"}"#),
            ("425 Too Early", "later"), ("400 X", #"{"message":"model not ready"}"#),
            ("404 X", #"{"error":{"message":"model m not found, loading"}}"#), ("502 X", "bad gateway"),
        ], [true, false])
    func waysToLoad(way: (String, String), isPage: Bool) async throws {
        let isUp = Mutex(false)
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") != isPage || isUp.withLock({ $0 }) {
                return request.hasPrefix("GET ")
                    ? ScriptedServer.json(Self.models) : ScriptedServer.stream(Self.events)
            }
            return ScriptedServer.json(way.1, status: way.0)
        }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) { try await discover(server.url) }
        if way.0 != "502 X" { #expect("\(error)".contains("--wait"), "\(error)") }
        var discovery = EndpointDiscovery.patient(ClientSettings.patient(wait: 60 * .second))
        discovery.report = { line in if line.text.contains("waiting for it") { isUp.withLock { $0 = true } } }
        let asking = discovery
        let found = try await asking.discover(
            EndpointAddress(parsing: server.url), id: EndpointID(0), model: nil)
        #expect(found.info.model == "m")
    }

    @Test("a list without a model may be a router's that has no server yet: --wait waits for one")
    func emptyList() async throws {
        let isUp = Mutex(false)
        let server = try ScriptedServer { request in
            guard request.hasPrefix("GET ") else { return ScriptedServer.stream(Self.events) }
            return ScriptedServer.json(isUp.withLock { $0 } ? Self.models : "{\"data\":[]}")
        }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) { try await discover(server.url) }
        #expect("\(error)".contains("an empty list"))
        var discovery = EndpointDiscovery.patient(ClientSettings.patient(wait: 60 * .second))
        discovery.report = { _ in isUp.withLock { $0 = true } }
        let asking = discovery
        let found = try await asking.discover(
            EndpointAddress(parsing: server.url), id: EndpointID(0), model: nil)
        #expect(found.info.model == "m")
    }

    @Test("other failures aren't waited for")
    func notWaitedFor() async throws {
        let server = try ScriptedServer { _ in ScriptedServer.json("{\"error\":\"no\"}", status: "401 X") }
        defer { server.stop() }
        let error = try await #require(throws: DiscoveryError.self) {
            try await discover(server.url, settings: ClientSettings.patient(wait: 3600 * .second))
        }
        #expect(error.failure.kind == .unauthorized)
    }

    // MARK: The page of models

    @Test("the page of models is asked once, and again after a passing failure", arguments: [0, 1, 2])
    func page(failures: Int) async throws {
        let asked = Mutex(0)
        let server = try ScriptedServer { request in
            guard request.hasPrefix("GET ") else { return ScriptedServer.stream(Self.events) }
            let number = asked.withLock { count in
                count += 1
                return count
            }
            return number <= failures
                ? ScriptedServer.json("{}", status: "502 Bad Gateway") : ScriptedServer.json(Self.models)
        }
        defer { server.stop() }
        #expect(try await discover(server.url).info.model == "m")
        #expect(asked.withLock { $0 } == failures + 1)
    }

    @Test(
        "whatever the page of models says, a model that is named is asked for",
        arguments: [
            "401 X", "403 X", "404 X", "429 X", "500 X", "502 X", "503 X", "200 OK", "closed", "garbage",
        ])
    func namedModel(status: String) async throws {
        let server = try ScriptedServer { request in
            guard request.hasPrefix("GET ") else { return ScriptedServer.stream(Self.events) }
            switch status {
            case "closed": return .lastAnswer("")
            case "garbage": return .lastAnswer("SSH-2.0-OpenSSH_9.2\r\n")
            default: return ScriptedServer.json("{\"error\":\"no\"}", status: status)
            }
        }
        defer { server.stop() }
        #expect(try await discover(server.url, model: "mine").info.model == "mine")
        #expect(server.requests.filter { $0.hasPrefix("GET ") }.count == 1)
    }

    // MARK: Ends

    @Test("an answer is complete at its [DONE], whatever the connection does after it", arguments: 0..<5)
    func doneIsTheEnd(way: Int) async throws {
        let whole = Reading.streamHead + Self.events.map(Reading.httpChunk).joined()
        let server = try ScriptedServer { request in
            guard request.hasPrefix("POST ") else { return ScriptedServer.json(Self.models) }
            return switch way {
            case 0: .lastAnswer(whole)
            case 1: .answer(whole)
            case 2: .answer(whole + Reading.httpChunk(": still here\n\n"))
            case 3: .lastAnswer(whole + "zzz not a chunk\r\n")
            default: .answer(whole.replacing("[DONE]\n\n", with: "[DONE]\n*"))
            }
        }
        defer { server.stop() }
        // Nothing is waited for: a time-out would be the suite's.
        let found = try await discover(
            server.url, settings: ClientSettings(requestTimeout: 3600 * .second))
        #expect(found.info.model == "m")
        #expect(found.norm.endMarks.contains(.done))
    }

    // MARK: Addresses

    @Test("the time-outs hold for all of a name's addresses together")
    func manyAddresses() async throws {
        // Each takes the connection and never says a word.
        let server = try ScriptedServer { _ in .silence }
        defer { server.stop() }
        var discovery = EndpointDiscovery.patient(ClientSettings(requestTimeout: .second))
        let candidate = try SocketAddress(ipAddress: "127.0.0.1", port: server.port)
        discovery.resolve = { _, _, _ in Array(repeating: candidate, count: 20) }
        let asking = discovery
        let address = try EndpointAddress(parsing: "http://many.example:\(server.port)")
        let error = try await #require(throws: DiscoveryError.self) {
            try await asking.discover(address, id: EndpointID(0), model: nil)
        }
        #expect(error.failure.kind == .timeout)
        // The first has used up the time of all: the others aren't asked, for a second each.
        #expect((1...2).contains(server.connections))
    }

    @Test("an address where nobody listens is passed over")
    func secondAddress() async throws {
        let (reserved, dead) = try ScriptedServer.reserve()
        defer { close(reserved) }
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ") ? ScriptedServer.json(Self.models) : ScriptedServer.stream(Self.events)
        }
        defer { server.stop() }
        var discovery = EndpointDiscovery.patient(ClientSettings.patient())
        let candidates = [
            try SocketAddress(ipAddress: "127.0.0.1", port: dead),
            try SocketAddress(ipAddress: "127.0.0.1", port: server.port),
        ]
        discovery.resolve = { _, _, _ in candidates }
        let found = try await discovery.discover(
            EndpointAddress(parsing: "http://two.example"), id: EndpointID(0), model: nil)
        #expect(found.connector.address.port == server.port)
    }
}
