import Measure
import Testing

@testable import Collector

/// What well-known tools were seen to get wrong, as far as the books can go wrong by it.
@Suite("Mistakes seen in others: the books")
struct OthersMistakesTests {
    @Test("a request of one token has no TPOT, not one of 0 ms")
    func oneTokenHasNoTPOT() throws {
        let level = try #require(
            Books.window(
                [
                    .even(1, sent: 0, ttft: 20, gap: 1, count: 1),
                    .even(2, sent: 0, ttft: 20, gap: 10, count: 11),
                ], from: at(0), to: at(1000)))
        #expect(level.completed == 2)
        #expect(level.tpot.count == 1)
        #expect(level.tpot.min == 10e6)
        #expect(level.itl.count == 10)
        #expect(level.ttft.count == 2)
    }

    @Test("TPOT and ITL leave TTFT out, however long it was")
    func noTTFTInTPOT() throws {
        let level = try #require(
            Books.window([.even(1, sent: 0, ttft: 5000, gap: 10, count: 6)], from: at(0), to: at(6000)))
        #expect(level.tpot.max == 10e6)
        #expect(level.itl.max == 10e6)
        #expect(level.ttft.min == 5000e6)
    }

    @Test("several tokens a chunk: TPOT is by tokens, ITL by chunks")
    func chunksAreNotTokens() throws {
        let stream = Stream(
            1, sent: at(0), chunksAt: (0..<5).map { at(30 + 30 * Double($0)) }, tokens: 3,
            source: .usageStream)
        let level = try #require(Books.window([stream], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 15)
        #expect(level.tpot.max == 10e6)
        #expect(level.itl.min == 30e6)
    }

    @Test("numerator and denominator are trimmed to the same window")
    func trimmedAlike() throws {
        // Ten seconds of 100 tokens/s; the window is the fourth second.
        let stream = Stream.even(1, sent: 0, ttft: 5, gap: 10, count: 1000)
        let level = try #require(Books.window([stream], from: at(3000), to: at(4000)))
        #expect(level.throughput.mean == 100)
        #expect(level.windowTokens == 100)
        #expect(level.duration == .second)
    }

    @Test("the window's length counts from its opening, not from the first request that completes")
    func durationFromTheOpening() throws {
        // The only completion comes at 1,900 ms of two seconds.
        let level = try #require(
            Books.window([.even(1, sent: 0, ttft: 1000, gap: 100, count: 10)], from: at(0), to: at(2000)))
        #expect(level.completed == 1)
        #expect(level.requestThroughput == 0.5)
        #expect(level.throughput.mean == 5)
    }

    @Test("the first wave, all prompts at once, is not in the percentiles")
    func firstWaveIsNotInThePercentiles() throws {
        var books = Books()
        books.start(users: 16)
        var wave: [Stream] = []
        var steady: [Stream] = []
        for user in 0..<16 as Range<UInt32> {
            let ttft = 50 * Double(user + 1)
            wave.append(.even(user + 1, user: user, turn: 0, sent: 0, ttft: ttft, gap: 5, count: 4))
            steady.append(.even(user + 100, user: user, turn: 1, sent: 910, ttft: 50, gap: 5, count: 4))
        }
        books.deliver(upTo: at(900), wave)
        #expect(books.ledger.progress(of: first, at: at(900))?.usersServed == 16)
        books.open(at: at(901))
        books.close(at: at(1900))
        books.deliver(upTo: at(2000), steady)
        let level = try #require(books.results.first)
        #expect(level.ttft.count == 16)
        #expect(level.ttft.max == 50e6)
    }

    @Test("an error inside the stream is an error")
    func inStreamErrorIsNoSuccess() throws {
        let level = try #require(
            Books.window(
                [Stream(1, sent: at(0), chunksAt: [at(10), at(20)], end: at(30), failure: .inStream)],
                from: at(0), to: at(1000)))
        #expect(level.completed == 0)
        #expect(level.failures[.inStream] == 1)
        #expect(level.requestThroughput == 0)
    }

    @Test("input tokens are not in the output throughput")
    func noInputInOutput() throws {
        let stream = Stream(1, sent: at(0), chunksAt: [at(10), at(20)], usage: 2, input: 100_000)
        let level = try #require(Books.window([stream], from: at(0), to: at(1000)))
        #expect(level.throughput.mean == 2)
        #expect(level.windowTokens == 2)
        #expect(level.outputTokens == 2)
        #expect(level.inputTokens == 100_000)
    }

    @Test("connecting is not in TTFT")
    func connectingIsApart() throws {
        let stream = Stream(
            1, sent: at(500), chunksAt: [at(520), at(530)], intended: at(0), connect: 500 * .millisecond)
        let level = try #require(Books.window([stream], from: at(0), to: at(1000)))
        #expect(level.ttft.max == 20e6)
        #expect(level.connect.max == 500e6)
        #expect((level.lag.sendP50 ?? 0) == 0)
    }

    @Test("our own lag is shown as ours: a level that it spoils says so")
    func ownLagIsShown() throws {
        var slow: [Stream] = []
        for index in 1...150 {
            let sent = Double(index) * 10
            slow.append(
                Stream(UInt32(index), sent: at(sent), chunksAt: [at(sent + 5)], intended: at(sent - 3)))
        }
        let level = try #require(Books.window(slow, from: at(0), to: at(2000)))
        #expect((level.lag.sendP99 ?? 0) > 2.9e6)
        #expect(level.trust.contains(.clientBound))
    }
}
