import Measure
import Testing

@testable import Collector

@Suite("Streams that were held back on their way")
struct ArrivalPatternTests {
    private func verdict(_ gaps: [Double]) -> ArrivalPattern.Delivery {
        var pattern = ArrivalPattern()
        pattern.add(gap: -1)
        for gap in gaps { pattern.add(gap: .seconds(gap / 1000)) }
        return pattern.delivery
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
        #expect(verdict([10, 10, 10] + bursts(6, of: 16, every: 200)) != .streamed)
    }

    /// What haproxy 2.6 makes of a steady stream as it comes: it holds a token's event for 200 ms or until it has
    /// eighteen of them, and hands over what is left when the answer ends.
    private func haproxy(_ tokens: Int, every pace: Double) -> [Double] {
        var gaps: [Double] = []
        var (held, heldSince, lastSent) = (0, 0.0, -1.0)
        func send(at moment: Double) {
            if lastSent >= 0 { gaps.append(moment - lastSent) }
            gaps += Array(repeating: 0.003, count: held - 1)
            lastSent = moment + 0.003 * Double(held - 1)
            held = 0
        }
        for token in 0..<tokens {
            let now = Double(token) * pace
            if held > 0, now >= heldSince + 200 { send(at: heldSince + 200) }
            if held == 0 { heldSince = now }
            held += 1
            if held == 18 { send(at: now) }
        }
        if held > 0 { send(at: min(Double(tokens - 1) * pace, heldSince + 200)) }
        return gaps
    }

    @Test("haproxy as it comes, at any length and pace", arguments: [8, 16, 24, 32, 48, 64, 128, 512])
    func haproxyAsItComes(tokens: Int) {
        for pace in [2.0, 5, 10] {
            let verdict = verdict(haproxy(tokens, every: pace))
            let isBuffered: Bool = if case .inBursts = verdict { true } else { verdict == .atOnce }
            #expect(isBuffered, "\(tokens) tokens, \(pace) ms each: \(verdict)")
        }
    }

    @Test(
        "haproxy as it was measured: the last burst is the end's doing",
        arguments: [
            // 16, 32 and 64 tokens of 10 ms, 64 of 5 ms and of 2 ms, 16 of 20 ms.
            ([13, 3], [24.0], 24.0), ([13, 18, 1], [174, 10], 174),
            ([13, 18, 18, 15], [172, 175, 145], 173),
            ([18, 18, 18, 10], [90, 90, 45], 90), ([18, 18, 18, 10], [36, 36, 18], 36), ([9, 7], [174], 174),
        ] as [([Int], [Double], Double)])
    func haproxyAsMeasured(sizes: [Int], pauses: [Double], mean: Double) {
        var gaps: [Double] = []
        for (index, size) in sizes.enumerated() {
            if index > 0 { gaps.append(pauses[index - 1]) }
            gaps += Array(repeating: 0.003, count: size - 1)
        }
        guard case .inBursts(let pause) = verdict(gaps) else {
            Issue.record("\(sizes): \(verdict(gaps))")
            return
        }
        #expect(abs(pause.inSeconds * 1000 - mean) < 1)
    }

    @Test("speculative decoding: several events a read, but not eight, or not far apart")
    func speculation() {
        #expect(verdict(bursts(20, of: 5, every: 150)) == .streamed)
        #expect(verdict(bursts(3, of: 5, every: 150)) == .streamed)
        #expect(verdict(bursts(20, of: 7, every: 150)) == .streamed)
        #expect(verdict(bursts(20, of: 8, every: 19)) == .streamed)
        #expect(verdict(bursts(2, of: 8, every: 9)) == .streamed)
    }

    @Test("a fast server on a slow client: long runs of short gaps that no buffer makes")
    func fastServer() {
        // 1 ms a token, give or take: runs of gaps below it, and none of them far from it.
        var random = SplitMix64(seed: 7)
        let jittered = (0..<255).map { _ in 0.8 + Double(random.next() % 400) / 1000 }
        #expect(verdict(jittered) == .streamed)
        // 0.5 ms a token: bursts of fifty, in which gaps are of generating, with a hiccup of 30 ms between.
        #expect(verdict(bursts(5, of: 50, every: 30, within: 0.5)) == .streamed)
        #expect(verdict(bursts(5, of: 50, every: 30, within: 0.21)) == .streamed)
        // The same of held events.
        #expect(verdict(bursts(5, of: 50, every: 30, within: 0.19)) == .inBursts(pause: 30 * .millisecond))
    }

    @Test("many tokens an event are few events, one at a time")
    func manyTokensAnEvent() {
        #expect(verdict(Array(repeating: 80, count: 7)) == .streamed)
        #expect(verdict(bursts(20, of: 3, every: 60)) == .streamed)
        #expect(verdict(Array(repeating: 80, count: 3)) == .tooShort)
    }

    @Test("less than half in bursts is none")
    func mostlyEven() {
        #expect(verdict(bursts(2, of: 8, every: 300) + Array(repeating: 10, count: 40)) == .streamed)
        #expect(verdict(bursts(2, of: 8, every: 300) + Array(repeating: 30, count: 17)) == .streamed)
    }

    @Test("one hiccup among short pauses is none: the median counts")
    func oneHiccup() {
        #expect(verdict(bursts(4, of: 10, every: 15) + [400] + bursts(3, of: 10, every: 15)) == .streamed)
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
