import Measure
import Synchronization
import Testing

@testable import Telemetry

/// What a sweep's witness reads, and when.
@Suite struct ServerWatchReadingTests {
    /// A server whose pages are made as they are asked for.
    private final class Server: Sendable {
        let asked = Mutex<[String]>([])
        let page: @Sendable (_ path: String, _ asked: Int) -> ServerWatch.Reply

        init(_ page: @escaping @Sendable (String, Int) -> ServerWatch.Reply) { self.page = page }

        func watch(pace: ScrapePace = ScrapePace()) async -> ServerWatch? {
            await ServerWatch(paths: ["/metrics"], calendar: { 1000 }, pace: pace) { path in
                let count = self.asked.withLock {
                    $0.append(path)
                    return $0.count
                }
                return self.page(path, count)
            }
        }
    }

    private static func text(_ lines: String) -> ServerWatch.Reply { .page(Array(lines.utf8)) }

    private actor Heard: EntryTaker {
        private(set) var readings: [Reading] = []
        private(set) var troubles: [PageTrouble] = []
        func take(_ entry: SessionEntry) {
            switch entry {
            case .reading(let reading): readings.append(reading)
            case .event(.serverSaid(_, .trouble(let trouble), _)): troubles.append(trouble)
            default: break
            }
        }
    }

    // MARK: How often

    @Test func insideAWindowItIsReadLessOften() {
        let pace = ScrapePace(insideWindows: 5 * .second)
        #expect(pace.interval == .second)
        pace.windowOpens(of: EndpointID(0))
        pace.windowOpens(of: EndpointID(1))
        #expect(pace.interval == 5 * .second)
        pace.windowClosed(of: EndpointID(0))
        #expect(pace.interval == 5 * .second, "another one's window is open")
        pace.windowClosed(of: EndpointID(1))
        #expect(pace.interval == .second)
    }

    @Test func orNotAtAll() {
        let pace = ScrapePace(insideWindows: nil)
        pace.windowOpens(of: EndpointID(0))
        #expect(pace.interval == nil)
    }

    @Test func theFirstPageIsSaidToo() async throws {
        let server = Server { _, asked in Self.text("tokens_total \(asked)\n") }
        let watch = try #require(await server.watch())
        let heard = Heard()
        let running = Task { await watch.run(into: heard) }
        // By itself: nobody asks it to look.
        while await heard.readings.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        await running.value
        let readings = await heard.readings
        #expect(readings[0].values == [1] && readings[1].values == [2])
        #expect(readings[1].at - readings[0].at >= 900 * .millisecond)
    }

    @Test func oneLookAtATime() async throws {
        let under = Mutex((now: 0, most: 0))
        let watch = try #require(
            await ServerWatch(paths: ["/metrics"], calendar: { 0 }) { _ in
                under.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                await Task.yield()
                under.withLock { $0.now -= 1 }
                return Self.text("tokens_total 1\n")
            })
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await watch.remember() } }
        }
        #expect(under.withLock(\.most) == 1)
    }

    // MARK: llama.cpp's slots

    private static let llama = "llamacpp:tokens_predicted_total 9\nllamacpp:requests_processing 1\n"
    private static let slots = #"[{"id":0,"is_processing":true,"id_task":1,"next_token":[{"n_decoded":7}]}]"#

    @Test func slotsAreReadWhereTheyAre() async throws {
        let server = Server { path, _ in Self.text(path == "/slots" ? Self.slots : Self.llama) }
        let watch = try #require(await server.watch())
        let heard = Heard()
        let running = Task { await watch.run(into: heard) }
        while await heard.readings.count < 2 {
            await watch.remember()
            // What runs beside it needs a thread, too.
            await Task.yield()
        }
        running.cancel()
        await running.value
        let last = try #require(await heard.readings.last)
        let series = last.series.map(\.text)
        let place = try #require(series.firstIndex(of: #"llamacpp:slot_decoded_tokens{slot="0"}"#))
        #expect(last.values[place] == 7)
    }

    @Test func slotsThatAreOffAreAskedForOnce() async throws {
        let server = Server { path, _ in path == "/slots" ? .noPage : Self.text(Self.llama) }
        let watch = try #require(await server.watch())
        for _ in 0..<3 { await watch.remember() }
        #expect(server.asked.withLock { $0.filter { $0 == "/slots" }.count } == 1)
    }

    @Test func othersHaveNoSlots() async throws {
        let server = Server { _, _ in Self.text("vllm:generation_tokens_total 9\n") }
        let watch = try #require(await server.watch())
        await watch.remember()
        #expect(server.asked.withLock { $0 } == ["/metrics", "/metrics"])
    }

    // MARK: Trouble

    @Test func troubleIsSaidOnce() async throws {
        let server = Server { _, asked in asked > 2 ? .noAnswer : Self.text("tokens_total \(asked)\n") }
        let watch = try #require(await server.watch())
        let heard = Heard()
        let running = Task { await watch.run(into: heard) }
        while await heard.troubles.isEmpty {
            await watch.remember()
            // What runs beside it needs a thread, too.
            await Task.yield()
        }
        for _ in 0..<3 { await watch.remember() }
        running.cancel()
        await running.value
        #expect(await heard.troubles == [PageTrouble(words: "no answer in time", isAnswer: false)])
    }

    // MARK: Others

    private static func vllm(running: Int, tokens: Int, ended: Int) -> ServerWatch.Reply {
        text(
            """
            vllm:num_requests_running{engine="0"} \(running)
            vllm:num_requests_waiting{engine="0"} 0
            vllm:generation_tokens_total{engine="0"} \(tokens)
            vllm:request_success_total{engine="0",finished_reason="stop"} \(ended)

            """)
    }

    @Test func othersAreSeenBeforeTheLoad() async throws {
        let server = Server { _, asked in
            Self.vllm(running: 12, tokens: 400 * asked, ended: 1_000_000 * asked)
        }
        let others = try #require(await server.watch()?.others())
        #expect(others.requestsOut == 12)
        // As many as it is asked twice, in however many seconds lay between.
        #expect(try #require(others.requestsPerSecond) > 100 && others.tokensPerSecond ?? 0 > 0)
    }

    @Test func aServerWithNothingToDoHasNoOthers() async throws {
        let server = Server { _, _ in Self.vllm(running: 0, tokens: 400, ended: 10) }
        #expect(try await #require(await server.watch()).others() == nil)
    }

    @Test func aServerThatHangsHasNone() async throws {
        let server = Server { _, asked in
            asked > 1 ? .noAnswer : Self.vllm(running: 3, tokens: 400, ended: 10)
        }
        #expect(try await #require(await server.watch()).others() == nil)
    }
}
