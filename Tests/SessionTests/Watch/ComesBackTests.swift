import Collector
import Foundation
import Measure
import Synchronization
import TestServer
import Testing

@testable import Client
@testable import Session

/// A server that goes away under a running watch, and what comes back in its place.
@Suite(.timeLimit(.minutes(5))) struct ComesBackTests {
    /// What answers at the port.
    private final class Port: Sendable {
        enum Tenant: Sendable {
            /// Since when, in seconds since 1970, and which model.
            case server(start: Double, model: String)
            /// It closes what is opened.
            case nobody
            /// The connection stays, and nothing comes.
            case silent
            case webPage
            case exporter
        }

        let tenant: Mutex<Tenant>
        private let tokens = Mutex(1_000_000.0)

        init(_ tenant: Tenant) { self.tenant = Mutex(tenant) }

        func isNow(_ tenant: Tenant, tokens: Double? = nil) {
            if let tokens { self.tokens.withLock { $0 = tokens } }
            self.tenant.withLock { $0 = tenant }
        }

        func reply(_ request: String) -> ScriptedServer.Reply {
            switch tenant.withLock({ $0 }) {
            case .nobody: return .lastAnswer("")
            case .silent: return .silence
            case .webPage: return ScriptedServer.page("<!doctype html><title>Hello</title>")
            case .exporter: return ScriptedServer.page("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\"} 50\n")
            case .server(let start, let model):
                if request.hasPrefix("GET /v1/models ") {
                    return ScriptedServer.json("{\"data\":[{\"id\":\"\(model)\",\"owned_by\":\"vllm\"}]}")
                }
                guard request.hasPrefix("GET /metrics ") else {
                    return ScriptedServer.page("", status: "404 Not Found")
                }
                let count = tokens.withLock { tokens in
                    tokens += 10
                    return tokens
                }
                return ScriptedServer.page(
                    "process_start_time_seconds \(start)\n"
                        + "vllm:num_requests_running{model_name=\"\(model)\"} 3\n"
                        + "vllm:generation_tokens_total{model_name=\"\(model)\"} \(count)\n")
            }
        }
    }

    private static func now() -> Double { Date().timeIntervalSince1970 }
    private static let old = Port.Tenant.server(start: now() - 5_000, model: "a")

    private static func rig(_ port: Port) throws -> (rig: WatchRig, server: ScriptedServer) {
        let server = try ScriptedServer(port.reply)
        // Silence is given up soon, so that the test waits for what is a matter of the watch.
        return (
            try WatchRig([server.url], settings: ClientSettings(requestTimeout: 500 * .millisecond)), server
        )
    }

    private func status(_ rig: WatchRig) -> ServerSnapshot.Status? { rig.watch().servers.first?.status }

    private func isGone(_ rig: WatchRig) -> Bool {
        if case .gone = status(rig) { true } else { false }
    }

    private func kinds(_ watch: WatchSnapshot) -> [String] {
        watch.events.map(\.kind).filter { $0 != "named" }
    }

    /// The counters of one process are nothing to those of another.
    @Test func anotherProcess() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 3 }
        port.isNow(.nobody)
        try await rig.until { isGone(rig) }
        let gone = try #require(rig.watch().servers.first)
        #expect(gone.facts?.scrape.running == 3, "the last figures stand")
        let before = rig.readings(0).count
        port.isNow(.server(start: Self.now(), model: "a"), tokens: 5)
        try await rig.until { rig.readings(0).count > before + 5 }
        await rig.crew.end()
        server.stop()
        var rates: [Double] = []
        let watch = rig.watch { ledger in
            guard let facts = ledger.snapshot(at: .zero).servers.first?.facts else { return }
            for figures in [facts.scrape, facts.minute, facts.hour] {
                if let rate = figures.generationTokensPerSecond { rates.append(rate) }
            }
        }
        #expect(watch.servers.count == 1)
        #expect(kinds(watch) == ["joined", "gone", "back", "restarted"])
        // Ten tokens a look, and looks are 20 ms apart at least, but for those that are made up for.
        #expect(!rates.isEmpty && rates.allSatisfy { 0 <= $0 && $0 < 100_000 }, "\(rates.max() ?? 0)")
        #expect(watch.servers[0].status == .up)
    }

    @Test func anotherModel() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.watch().servers.first?.model == "a" && !rig.names(0).isEmpty }
        port.isNow(.nobody)
        try await rig.until { !rig.troubles(0).isEmpty }
        port.isNow(.server(start: Self.now(), model: "b"), tokens: 5)
        try await rig.until { rig.names(0).count > 1 && rig.watch().servers.first?.status == .up }
        await rig.crew.end()
        server.stop()
        let watch = rig.watch()
        #expect(watch.servers.count == 1 && watch.servers[0].model == "b")
        #expect(rig.names(0) == [.named(model: "a", server: "vllm"), .named(model: "b", server: "vllm")])
        #expect(watch.servers[0].facts?.scrape.running == 3, "the model before runs nothing any more")
    }

    /// Somebody who can't be read is no server, and no end of it either.
    @Test func somethingElseMeanwhile() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 3 }
        port.isNow(.webPage)
        try await rig.until { !rig.troubles(0).isEmpty }
        guard case .trouble(let trouble, _) = status(rig) else {
            Issue.record("\(String(describing: status(rig)))")
            return
        }
        #expect(trouble.isAnswer && trouble.words.text.contains("web page"))
        let before = rig.readings(0).count
        port.isNow(Self.old)
        try await rig.until { rig.readings(0).count > before + 3 }
        await rig.crew.end()
        server.stop()
        #expect(kinds(rig.watch()) == ["joined", "trouble", "trouble-over"])
    }

    /// It has the port for a while: the row is there all the time.
    @Test func anExporterMeanwhile() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 3 }
        port.isNow(.nobody)
        try await rig.until { !rig.troubles(0).isEmpty }
        port.isNow(.exporter)
        try await rig.until { !rig.readings(1).isEmpty }
        #expect(rig.watch().servers.map(\.status) == [.left] && rig.watch().gpus?.scrape.count == 1)
        port.isNow(.nobody)
        try await rig.until { rig.watch().gpus?.trouble != nil }
        port.isNow(Self.old)
        try await rig.until { !rig.readings(2).isEmpty }
        await rig.crew.end()
        server.stop()
        let watch = rig.watch()
        #expect(watch.servers.map(\.status) == [.up] && watch.gpus?.scrape.isEmpty == true)
    }

    @Test func aConnectionThatIsKeptAndSilent() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        await rig.crew.add(rig.addresses)
        try await rig.until { rig.readings(0).count > 3 }
        port.isNow(.silent)
        try await rig.until { isGone(rig) }
        let gone = try #require(rig.watch().servers.first)
        let last = try #require(rig.readings(0).last?.at)
        #expect(gone.status == .gone(since: last), "since the last that came")
        #expect(gone.findings.map(\.diagnosis) == [.gone])
        #expect(gone.facts?.scrape.running == 3 && gone.facts?.minute.running == 3)
        let before = rig.readings(0).count
        port.isNow(Self.old)
        try await rig.until { rig.readings(0).count > before + 2 }
        await rig.crew.end()
        server.stop()
        let watch = rig.watch()
        #expect(watch.servers.map(\.status) == [.up] && kinds(watch) == ["joined", "gone", "back"])
    }

    /// Nobody was away when somebody looked: what it is called is asked again all the same.
    @Test func inAnothersPlaceBetweenTwoLooks() async throws {
        let port = Port(Self.old)
        let (rig, server) = try Self.rig(port)
        let naming = ServerNaming(
            of: rig.addresses[0], settings: ClientSettings(), lines: { _ in nil }, clock: Hours())
        let heard = Mutex<[ServerNews]>([])
        @Sendable func tell(_ news: ServerNews) { heard.withLock { $0.append(news) } }
        for (start, model) in [(1.0, "a"), (1, "b"), (900, "c")] {
            port.isNow(.server(start: start, model: model))
            await naming.look(isThere: true, start: start, tell: tell)
            await naming.settle()
        }
        server.stop()
        #expect(
            heard.withLock { $0 } == [
                .named(model: "a", server: "vllm"), .named(model: "c", server: "vllm"),
            ])
    }

    /// An hour passes with each look at it.
    private final class Hours: TimeSource {
        private let looks = Mutex<Int64>(0)
        func now() -> Moment {
            looks.withLock { looks in
                looks += 1
                return Moment(nanoseconds: looks * 3_600 * .second)
            }
        }
    }
}
