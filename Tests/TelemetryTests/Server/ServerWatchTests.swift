import Measure
import Synchronization
import Testing

@testable import Telemetry

@Suite struct ServerWatchTests {
    /// Answers as it is told, and remembers what it was asked for.
    private final class Server: Sendable {
        let replies: Mutex<[String: ServerWatch.Reply]>
        let asked = Mutex<[String]>([])

        init(_ replies: [String: ServerWatch.Reply]) { self.replies = Mutex(replies) }

        func set(_ reply: ServerWatch.Reply, at path: String = "/metrics") {
            replies.withLock { $0[path] = reply }
        }

        func watch(_ paths: [String] = ["/metrics"]) async -> ServerWatch? {
            await ServerWatch(paths: paths, calendar: { 1000 }) { path in
                self.asked.withLock { $0.append(path) }
                return self.replies.withLock { $0[path] ?? .noPage }
            }
        }
    }

    private static func page(_ tokens: Int) -> ServerWatch.Reply {
        .page(Array("tokens_total \(tokens)\n".utf8))
    }

    @Test func theFirstPageWithCountersIsTaken() async {
        let server = Server([
            "/a/metrics": .page(Array("{\"json\": true}".utf8)), "/prometheus/metrics": Self.page(1),
        ])
        let watch = await server.watch(["/a/metrics", "/metrics", "/prometheus/metrics", "/never"])
        #expect(watch?.path == "/prometheus/metrics")
        #expect(server.asked.withLock { $0 } == ["/a/metrics", "/metrics", "/prometheus/metrics"])
    }

    @Test func aHungServerIsAskedOnce() async {
        let server = Server(["/a/metrics": .noAnswer, "/metrics": Self.page(1)])
        #expect(await server.watch(["/a/metrics", "/metrics"]) == nil)
        #expect(server.asked.withLock { $0 } == ["/a/metrics"])
    }

    @Test(arguments: [ServerWatch.Reply.noPage, .refused, .noAnswer, .page([]), .page(Array("gauge 1".utf8))])
    func withoutAPageThereIsNoWatch(reply: ServerWatch.Reply) async {
        #expect(await Server(["/metrics": reply]).watch() == nil)
    }

    @Test func aSoundServer() async throws {
        let server = Server(["/metrics": Self.page(5)])
        let watch = try #require(await server.watch())
        #expect(await !watch.hasRestarted())
        server.set(Self.page(9))
        #expect(await !watch.hasRestarted())
    }

    @Test func aRestartIsToldOnce() async throws {
        let server = Server(["/metrics": Self.page(50)])
        let watch = try #require(await server.watch())
        server.set(Self.page(7))
        #expect(await watch.hasRestarted())
        #expect(await !watch.hasRestarted())
    }

    @Test func whatHappenedBetweenWindowsIsNobodysFault() async throws {
        let server = Server(["/metrics": Self.page(50)])
        let watch = try #require(await server.watch())
        server.set(Self.page(7))
        await watch.remember()
        #expect(await !watch.hasRestarted())
    }

    @Test func aServerThatIsGoneIsNotTheSame() async throws {
        let server = Server(["/metrics": Self.page(50)])
        let watch = try #require(await server.watch())
        server.set(.refused)
        #expect(await watch.hasRestarted())
    }

    /// It is measured, after all: it may well be busy.
    @Test(arguments: [ServerWatch.Reply.noAnswer, .noPage])
    func aServerThatIsBusyHasNotRestarted(reply: ServerWatch.Reply) async throws {
        let server = Server(["/metrics": Self.page(50)])
        let watch = try #require(await server.watch())
        server.set(reply)
        #expect(await !watch.hasRestarted())
        // And nothing is known of the next window, if it is busy when that opens.
        await watch.remember()
        server.set(Self.page(7))
        #expect(await !watch.hasRestarted())
    }

    private actor Heard: EntryTaker {
        private(set) var readings: [Reading] = []
        func take(_ entry: SessionEntry) {
            if case .reading(let reading) = entry { readings.append(reading) }
        }
    }

    @Test func pagesAreSaidAsTheyAreLookedAt() async throws {
        let server = Server(["/metrics": Self.page(50)])
        let watch = try #require(await server.watch())
        let heard = Heard()
        let running = Task { await watch.run(into: heard) }
        // As soon as it runs.
        while await heard.readings.isEmpty {
            await watch.remember()
            // What runs beside it needs a thread, too.
            await Task.yield()
        }
        server.set(Self.page(60))
        _ = await watch.hasRestarted()
        #expect(await heard.readings.first?.values == [50])
        #expect(await heard.readings.last?.values == [60])
        #expect(await heard.readings.last?.series == ["tokens_total"])
        running.cancel()
        await running.value
        let count = await heard.readings.count
        await watch.remember()
        #expect(await heard.readings.count == count, "nobody listens any more")
    }
}
