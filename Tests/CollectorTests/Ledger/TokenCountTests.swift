import Measure
import Testing

@testable import Collector

@Suite("Tokens by the server's count")
struct TokenCountTests {
    @Test("where the server counts more than there were chunks, its count is spread over the chunks")
    func spreadOverTheChunks() throws {
        // 10 chunks, 25 tokens; 4 of the chunks before the window.
        let stream = Stream.even(1, sent: 0, ttft: 60, gap: 10, count: 10, usage: 25)
        let level = try #require(Books.window([stream], from: at(100), to: at(1100)))
        #expect(level.windowTokens == 15)
        #expect(level.outputTokens == 25)
        #expect(level.throughput.mean == 15)
    }

    @Test("requests that are still out are taken as their finished siblings were")
    func openRequestsLikeTheirSiblings() throws {
        let done = Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 10, usage: 30)
        let out = Stream.even(2, sent: 0, ttft: 10, gap: 10, count: 8).open
        let level = try #require(Books.window([done, out], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 30 + 24)
    }

    @Test("without a server's count a chunk is a token, and the level says so")
    func chunksWhereNothingElseIsKnown() throws {
        let done = Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 10)
        let out = Stream.even(2, sent: 0, ttft: 10, gap: 10, count: 8).open
        let level = try #require(Books.window([done, out], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 18)
        #expect(level.tokenSources == [.chunks])
    }

    @Test("counts that came with each chunk are taken as they are")
    func runningCounts() throws {
        let stream = Stream(
            1, sent: at(0), chunksAt: [at(50), at(100), at(150)], tokens: 3, source: .usageStream)
        let level = try #require(Books.window([stream], from: at(100), to: at(1100)))
        #expect(level.windowTokens == 6)
        #expect(level.tokenSources == [.usageStream])
    }

    @Test("a count of another kind in one request does not touch the others' tokens")
    func mixedSources() throws {
        let counted = Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 10, usage: 20)
        let uncounted = Stream.even(2, sent: 0, ttft: 10, gap: 10, count: 10)
        let level = try #require(Books.window([counted, uncounted], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 30)
        #expect(level.tokenSources.count == 2)
        #expect(level.trust.contains(.mixedTokenSources))
    }

    @Test("the tokens of failed and cancelled requests arrived all the same")
    func tokensOfFailures() throws {
        let failed = Stream(1, sent: at(0), chunksAt: [at(10), at(20)], end: at(30), failure: .closedEarly)
        let ended = Stream(2, sent: at(0), chunksAt: [at(10)], end: at(30), failure: .cancelled)
        let level = try #require(Books.window([failed, ended], from: at(0), to: at(1000)))
        #expect(level.windowTokens == 3)
        #expect(level.outputTokens == 0)
        #expect(level.completed == 0 && level.failed == 1)
    }

    @Test("a server that counts nothing, or less than nothing was heard of, breaks nothing")
    func oddCounts() throws {
        let zero = Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 10, usage: 0)
        let huge = Stream.even(2, sent: 0, ttft: 10, gap: 10, count: 1, usage: .max / 4)
        let level = try #require(Books.window([zero, huge], from: at(0), to: at(1000)))
        #expect(level.windowTokens.isFinite)
        #expect(level.completed == 2)
    }

    @Test("the interval on throughput scales with the server's count")
    func intervalScales() throws {
        func level(usage: Int?) throws -> LevelResult {
            var streams: [Stream] = []
            for index in 0..<400 as Range<UInt32> {
                // Scattered over the window, the same every time.
                let sent = Double((index &* 2_654_435_761) % 3900)
                streams.append(.even(index + 1, sent: sent, ttft: 5, gap: 3, count: 10, usage: usage))
            }
            return try #require(Books.window(streams, from: at(0), to: at(4000)))
        }
        let chunks = try #require(try level(usage: nil).throughput.halfWidth)
        let counted = try #require(try level(usage: 20).throughput.halfWidth)
        #expect(chunks > 0)
        #expect(abs(counted / chunks - 2) < 1e-9)
    }
}
