import Measure
import Testing

@testable import Collector

@Suite("Requests in a level")
struct RequestTests {
    @Test("cancelled requests are neither successes nor errors")
    func cancelled() throws {
        let level = try #require(
            Books.window(
                [
                    .even(1, sent: 0, ttft: 10, gap: 10, count: 10),
                    Stream(2, sent: at(0), chunksAt: [at(40)], end: at(100), failure: .cancelled),
                ], from: at(0), to: at(1000)))
        #expect(level.completed == 1)
        #expect(level.failed == 0)
        #expect(level.failures.isEmpty)
        #expect(level.errorRate == 0)
        #expect(level.ttft.count == 1)
    }

    @Test("failures are counted by kind, and their latencies by nobody")
    func failuresByKind() throws {
        let kinds: [FailureKind] = [.timeout, .rateLimited, .timeout, .inStream]
        let streams = kinds.enumerated().map { index, kind in
            Stream(
                UInt32(index + 1), sent: at(0), chunksAt: [at(900)], end: at(950), connect: 1, failure: kind)
        }
        let level = try #require(Books.window(streams, from: at(0), to: at(1000)))
        #expect(level.failures == [.timeout: 2, .rateLimited: 1, .inStream: 1])
        #expect(level.failed == 4)
        #expect(level.errorRate == 1)
        #expect(level.trust.contains(.errors))
        for metric in [level.ttft, level.tpot, level.e2e, level.connect] { #expect(metric.count == 0) }
    }

    @Test(
        "a user is served once a request of theirs has ended in the level, well or not; not by a cancelled one"
    )
    func usersServed() {
        var books = Books()
        books.start(0, users: 2, at: at(0))
        books.deliver(upTo: at(100), [.even(1, user: 0, turn: 0, sent: 0, ttft: 5, gap: 1, count: 2)])
        #expect(books.ledger.progress(of: first, at: at(100))?.usersServed == 1)
        books.start(1, users: 6, at: at(100))
        #expect(books.ledger.progress(of: first, at: at(100))?.usersServed == 0)
        books.deliver(
            upTo: at(300),
            [
                // Over before the level began, but delivered after: the user's next one went out before it.
                .even(8, user: 5, turn: 0, sent: 50, ttft: 20, gap: 1, count: 2),
                // Begun under the level before: it has to be over before the window may open.
                .even(2, user: 1, turn: 0, sent: 50, ttft: 200, gap: 1, count: 2),
                .even(3, user: 0, turn: 1, sent: 100, ttft: 5, gap: 1, count: 2),
                .even(4, user: 0, turn: 2, sent: 110, ttft: 5, gap: 1, count: 2),
                .even(5, user: 2, turn: 0, sent: 100, ttft: 5, gap: 1, count: 2),
                Stream(6, user: 3, turn: 0, sent: at(101), chunksAt: [], end: at(110), failure: .timeout),
                Stream(7, user: 4, turn: 0, sent: at(101), chunksAt: [], end: at(110), failure: .cancelled),
            ])
        let progress = books.ledger.progress(of: first, at: at(300))
        #expect(progress?.usersServed == 4)
        #expect(progress?.level == 1)
        #expect(progress?.windowOpened == nil)
    }

    @Test("when users change by hand, everybody has to be served anew")
    func usersServedAfterAChange() {
        var books = Books()
        books.start(0, users: 3, at: at(0))
        books.deliver(
            upTo: at(100),
            [
                .even(1, user: 0, turn: 0, sent: 0, ttft: 5, gap: 1, count: 2),
                .even(2, user: 2, turn: 0, sent: 0, ttft: 5, gap: 1, count: 2),
            ])
        #expect(books.ledger.progress(of: first, at: at(100))?.usersServed == 2)
        books.ledger.take(.event(.usersChanged(first, users: 2, at: at(100))))
        #expect(books.ledger.progress(of: first, at: at(100))?.usersServed == 0)
        books.deliver(
            upTo: at(300),
            [
                .even(3, user: 1, turn: 0, sent: 50, ttft: 100, gap: 1, count: 2),
                // Sent home.
                .even(4, user: 2, turn: 1, sent: 50, ttft: 100, gap: 1, count: 2),
            ])
        #expect(books.ledger.progress(of: first, at: at(300))?.usersServed == 1)
    }

    @Test("progress counts the warm-up until the window opens, and then the window")
    func progressCountsAnew() {
        var books = Books()
        books.start()
        books.deliver(upTo: at(100), [.even(1, sent: 0, ttft: 5, gap: 1, count: 2)])
        #expect(books.ledger.progress(of: first, at: at(100))?.completed == 1)
        books.open(at: at(101))
        #expect(books.ledger.progress(of: first, at: at(101))?.completed == 0)
        #expect(books.ledger.progress(of: first, at: at(101))?.windowOpened == at(101))
        books.deliver(upTo: at(301), [.even(2, sent: 110, ttft: 5, gap: 1, count: 4)])
        let progress = books.ledger.progress(of: first, at: at(301))
        #expect(progress?.completed == 1)
        #expect(progress?.throughput.mean == 4 / 0.2)
    }

    @Test("nothing at all gives a level of nothing")
    func empty() throws {
        let level = try #require(Books.window([], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 0)
        #expect(level.throughput.mean == 0)
        #expect(level.occupancy == nil)
        #expect(level.ttft.count == 0)
    }

    @Test("a window of no length gives finite figures")
    func noLength() throws {
        let level = try #require(
            Books.window([.even(1, sent: 0, ttft: 10, gap: 1, count: 2)], from: at(5), to: at(5)))
        #expect(level.throughput.mean == 0)
        #expect(level.requestThroughput == 0)
    }

    @Test("goodput counts what kept the budget")
    func goodput() throws {
        let budget = try LatencyBudget(parsing: "ttft:p95<50ms")
        let level = try #require(
            Books.window(
                [
                    .even(1, sent: 0, ttft: 10, gap: 1, count: 2),
                    .even(2, sent: 0, ttft: 90, gap: 1, count: 2),
                    Stream(3, sent: at(0), chunksAt: [], end: at(10), failure: .timeout),
                ], from: at(0), to: at(2000), settings: LedgerSettings(budget: budget)))
        #expect(level.goodput == 0.5)
    }

    @Test("cached tokens beyond the template's are flagged, the template's own are not")
    func cacheHits() throws {
        let streams = (1...20).map { index in
            Stream(
                UInt32(index), sent: at(0), chunksAt: [at(10), at(20)], usage: 2, input: 100, cached: 18)
        }
        let plain = try #require(Books.window(streams, from: at(0), to: at(100)))
        #expect(plain.cachedTokens == 360)
        #expect(plain.inputTokens == 2000)
        #expect(plain.trust.contains(.prefixCache))
        let allowed = try #require(
            Books.window(streams, from: at(0), to: at(100), templateCacheTokens: 18))
        #expect(!allowed.trust.contains(.prefixCache))
    }
}
