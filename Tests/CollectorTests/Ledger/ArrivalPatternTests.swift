import Measure
import Testing

@testable import Collector

@Suite("Streams that were held back on their way")
struct ArrivalPatternTests {
    private func verdict(_ gaps: [Double]) -> ArrivalPattern.Verdict {
        var pattern = ArrivalPattern()
        pattern.add(gap: -1)
        for gap in gaps { pattern.add(gap: .seconds(gap / 1000)) }
        return pattern.verdict
    }

    /// So many bursts of so many events each, so far apart.
    private func bursts(_ count: Int, of size: Int, every pause: Double, within gap: Double = 0.02)
        -> [Double]
    {
        let burst = Array(repeating: gap, count: size - 1)
        return burst + (1..<count).flatMap { _ in [pause] + burst }
    }

    @Test("a steady stream, fast or slow, is none")
    func steady() {
        for gap in [0.25, 1, 10, 150, 2000] {
            #expect(verdict(Array(repeating: gap, count: 63)) == .streamed, "\(gap) ms")
        }
    }

    @Test("all at once is one, whatever came first")
    func atOnce() {
        #expect(verdict(Array(repeating: 0.02, count: 15)) == .atOnce)
        #expect(verdict(Array(repeating: 0.19, count: 15)) == .atOnce)
        #expect(verdict(Array(repeating: 0, count: 7)) == .atOnce)
    }

    @Test("fewer than eight events tell nothing")
    func tooFew() {
        #expect(verdict(Array(repeating: 0.02, count: 6)) == .tooShort)
        #expect(verdict([]) == .tooShort)
    }

    @Test("kilobytes at a time: long bursts far apart")
    func inBursts() {
        #expect(verdict(bursts(4, of: 20, every: 300)) == .inBursts(pause: 300 * .millisecond))
        #expect(verdict(bursts(8, of: 8, every: 101)) == .inBursts(pause: 101 * .millisecond))
        // With a start of single events, of which the buffer wasn't full yet.
        #expect(verdict([10, 10, 10] + bursts(3, of: 16, every: 200)) != .streamed)
    }

    @Test("speculative decoding: several events a read, but not eight, or not far apart")
    func speculation() {
        #expect(verdict(bursts(20, of: 5, every: 150)) == .streamed)
        #expect(verdict(bursts(20, of: 7, every: 150)) == .streamed)
        #expect(verdict(bursts(20, of: 8, every: 60)) == .streamed)
    }

    @Test("less than half in bursts is none")
    func mostlyEven() {
        #expect(verdict(bursts(2, of: 8, every: 300) + Array(repeating: 10, count: 40)) == .streamed)
    }

    @Test("one hiccup among short pauses is none: the median counts")
    func oneHiccup() {
        #expect(verdict(bursts(4, of: 10, every: 20) + [400] + bursts(3, of: 10, every: 20)) == .streamed)
    }

    @Test("a level says so when most of its answers came that way, and its verdicts on the gaps are gone")
    func level() throws {
        func level(buffered: Int, even: Int) throws -> LevelResult {
            var streams: [Stream] = []
            for index in 0..<buffered {
                let sent = Double(index) * 10
                streams.append(.even(UInt32(index + 1), sent: sent, ttft: 160, gap: 0.01, count: 16))
            }
            for index in 0..<even {
                let sent = Double(index) * 10
                streams.append(.even(UInt32(index + 1000), sent: sent, ttft: 10, gap: 10, count: 16))
            }
            let budget = try LatencyBudget(parsing: "tpot:p50<50ms")
            return try #require(
                Books.window(
                    streams, from: at(0), to: at(2000), settings: LedgerSettings(budget: budget)))
        }
        let most = try level(buffered: 6, even: 5)
        #expect(most.trust.contains(.buffered) && most.bufferedAnswers == 6 && most.budgetHeld == nil)
        let half = try level(buffered: 5, even: 5)
        #expect(!half.trust.contains(.buffered) && half.budgetHeld == true)
        #expect(try !level(buffered: 2, even: 0).trust.contains(.buffered))
        #expect(try level(buffered: 3, even: 0).trust.contains(.buffered))
    }
}
