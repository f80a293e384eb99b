import Measure
import Testing

@testable import Collector

@Suite("The window's edges")
struct WindowEdgeTests {
    /// Sent before the window, ends in it.
    let early = Stream.even(1, sent: 0, ttft: 50, gap: 10, count: 11)
    /// Sent in the window, ends after it.
    let late = Stream.even(2, user: 1, sent: 190, ttft: 50, gap: 10, count: 11)

    @Test("a request that straddles the opening gives its tokens by arrival and its latencies by its end")
    func straddlesTheOpening() throws {
        let level = try #require(Books.window([early], from: at(100), to: at(1100)))
        // Chunks at 50, 60 … 150 ms: six of them from 100 ms on.
        #expect(level.windowTokens == 6)
        #expect(level.completed == 1)
        #expect(level.ttft.count == 1 && level.ttft.max == 50e6)
        #expect(level.tpot.max == 10e6)
        #expect(level.e2e.max == 150e6)
        #expect(level.outputTokens == 11)
        #expect(level.itl.count == 6)
    }

    @Test("a request that straddles the closing gives the tokens before it, and no latency")
    func straddlesTheClosing() throws {
        let level = try #require(Books.window([late], from: at(100), to: at(290)))
        // Chunks at 240 … 340 ms: five of them before 290 ms.
        #expect(level.windowTokens == 5)
        #expect(level.completed == 0)
        #expect(level.ttft.count == 0)
        #expect(level.e2e.count == 0)
        #expect(level.itl.count == 4)
        #expect(level.outputTokens == 0)
    }

    @Test("output throughput is the window's tokens over the window's length, exactly")
    func throughputIsExact() throws {
        let level = try #require(Books.window([early, late], from: at(100), to: at(290)))
        #expect(level.windowTokens == 11)
        #expect(level.throughput.mean == 11 / 0.19)
        #expect(level.requestThroughput == 1 / 0.19)
    }

    @Test("a token at the opening moment is in, one at the closing moment is not")
    func edgesAreHalfOpen() throws {
        let stream = Stream(1, sent: at(0), chunksAt: [at(99), at(100), at(200), at(201)])
        let level = try #require(Books.window([stream], from: at(100), to: at(200)))
        #expect(level.windowTokens == 1)
    }

    @Test("windows that meet share out every token and every request, once each")
    func windowsThatMeet() throws {
        var streams: [Stream] = []
        for user in 0..<40 as Range<UInt32> {
            streams.append(.even(user + 1, user: user, sent: Double(user) * 25, ttft: 7, gap: 5, count: 30))
        }
        let edges = [0.0, 100, 333, 334, 700, 2000].map(at)
        let levels = try zip(edges, edges.dropFirst()).map { start, end in
            try #require(Books.window(streams, from: start, to: end))
        }
        #expect(levels.map(\.windowTokens).reduce(0, +) == 40 * 30)
        #expect(levels.map(\.completed).reduce(0, +) == 40)
        #expect(levels.map(\.ttft.count).reduce(0, +) == 40)
        #expect(levels.map(\.itl.count).reduce(0, +) == 40 * 29)
    }

    @Test("how the samples are cut into batches changes nothing", arguments: [1, 7, 100, 5000])
    func batchesDoNotMatter(milliseconds: Int) throws {
        var streams: [Stream] = []
        for index in 0..<20 as Range<UInt32> {
            streams.append(.even(index + 1, sent: Double(index) * 40, ttft: 20, gap: 8, count: 25))
        }
        var books = Books()
        books.start(users: 5)
        books.open(at: at(150))
        books.close(at: at(900))
        books.deliver(
            streams, every: Nanoseconds(milliseconds) * .millisecond, from: .zero, to: at(1500))
        let whole = try #require(Books.window(streams, from: at(150), to: at(900), users: 5))
        // As text: what is not a number is not even equal to itself.
        #expect(String(describing: books.results) == "\([whole])")
    }

    @Test("a closed window takes nothing more, though its figures are not final yet")
    func nothingAfterTheEnd() throws {
        var books = Books(loops: 2)
        books.start()
        books.open(at: at(0))
        books.deliver(upTo: at(120), loop: 0, [.even(1, sent: 0, ttft: 10, gap: 10, count: 10)])
        books.close(at: at(200))
        books.deliver(upTo: at(500), loop: 0, [.even(2, sent: 200, ttft: 10, gap: 10, count: 10)])
        books.deliver(upTo: at(500), loop: 1)
        let level = try #require(books.results.first)
        #expect(level.windowTokens == 10)
        #expect(level.completed == 1)
    }

    @Test("warm-up is in no figure")
    func warmUpIsExcluded() throws {
        var books = Books()
        books.start()
        // Slow requests with their connections, and a failure, before the window.
        books.deliver(
            upTo: at(1000),
            [
                .even(1, turn: 0, sent: 0, ttft: 900, gap: 1, count: 3),
                Stream(2, sent: at(0), chunksAt: [], end: at(5), connect: 3_000_000, failure: .serverError),
            ], lags: [50_000_000])
        books.open(at: at(1000))
        books.deliver(upTo: at(2100), [.even(3, sent: 1000, ttft: 10, gap: 1, count: 3)], lags: [1000])
        books.close(at: at(2000))
        books.deliver(upTo: at(2200))
        let level = try #require(books.results.first)
        #expect(level.completed == 1 && level.failed == 0)
        #expect(level.ttft.max == 10e6)
        #expect(level.connect.count == 0)
        #expect(level.windowTokens == 3)
        #expect((level.lag.timerP50 ?? 0) < 1e6)
    }
}
