import Measure
import Testing

@testable import Collector

@Suite("The last minute")
struct TimelineTests {
    @Test("complete seconds, oldest first, with what happened in each")
    func seconds() {
        var timeline = Timeline(origin: at(0))
        for tick in 0..<35 { timeline.addTokens(2, at: at(Double(tick) * 100 + 50)) }
        timeline.addRequest(failed: false, at: at(1500))
        timeline.addRequest(failed: true, at: at(2999))
        let bins = timeline.secondBins(before: at(3499))
        #expect(bins.map(\.tokens) == [20, 20, 20])
        #expect(bins.map(\.completed) == [0, 1, 0])
        #expect(bins.map(\.failed) == [0, 0, 1])
    }

    @Test("the rate of the last two seconds, or of as much as there is")
    func rates() {
        var timeline = Timeline(origin: at(0))
        #expect(timeline.rates(before: at(0)).tokens == 0)
        for tick in 0..<100 {
            let moment = at(Double(tick) * 100)
            timeline.addTokens(tick < 50 ? 1 : 3, at: moment)
            timeline.addRequest(failed: tick % 2 == 0, at: moment)
        }
        #expect(timeline.rates(before: at(1000)).tokens == 10)
        #expect(timeline.rates(before: at(10_000)).tokens == 30)
        #expect(timeline.rates(before: at(10_000)).requests == 5)
        #expect(timeline.rates(before: at(6000)).tokens == 20)
    }

    @Test("before the first sample there is nothing, and after the last one silence")
    func silence() {
        var timeline = Timeline(origin: at(0))
        #expect(timeline.secondBins(before: at(5000)).isEmpty)
        timeline.addTokens(5, at: at(1000))
        #expect(timeline.rates(before: at(20_000)).tokens == 0)
        #expect(timeline.secondBins(before: at(4000)).map(\.tokens) == [5, 0, 0])
    }

    @Test("a second that began before the first sample is not complete, and not shown")
    func incompleteFirstSecond() {
        var timeline = Timeline(origin: at(0))
        timeline.addTokens(5, at: at(500))
        timeline.addTokens(7, at: at(1500))
        #expect(timeline.secondBins(before: at(2000)).map(\.tokens) == [7])
    }

    @Test("the state of the users is that of each second's end")
    func usersAtTheEnd() {
        var timeline = Timeline(origin: at(0))
        timeline.set(inFlight: 3, waiting: 3, at: at(0))
        timeline.set(inFlight: 4, waiting: 2, at: at(900))
        timeline.set(inFlight: 9, waiting: 1, at: at(1200))
        timeline.set(inFlight: 0, waiting: 0, at: at(2900))
        let bins = timeline.secondBins(before: at(3000))
        #expect(bins.map(\.inFlight) == [4, 9, 0])
        #expect(bins.map(\.waiting) == [2, 1, 0])
    }

    @Test("a silence of hours costs nothing, and leaves nothing of what was before")
    func longSilence() {
        var timeline = Timeline(origin: at(0))
        timeline.addTokens(5, at: at(500))
        let late = 3_600_000.0 * 5
        timeline.addTokens(7, at: at(late))
        timeline.addTokens(7, at: at(late + 1000))
        #expect(timeline.secondBins(before: at(late + 2000)).map(\.tokens) == [7, 7])
        #expect(elementCount(of: timeline) < 2000)
    }

    @Test("a day of samples takes no more memory than two minutes of them")
    func bounded() {
        var timeline = Timeline(origin: at(0))
        for tick in 0..<86_400 { timeline.addTokens(1, at: at(Double(tick) * 1000)) }
        let bins = timeline.secondBins(before: at(86_400_000))
        #expect(bins.count == 120)
        #expect(bins.allSatisfy { $0.tokens == 1 })
        #expect(elementCount(of: timeline) < 2000)
    }

    @Test("samples from before the session, or older than what is kept, are passed over")
    func tooOld() {
        var timeline = Timeline(origin: at(1000))
        timeline.addTokens(1, at: at(0))
        #expect(timeline.secondBins(before: at(2000)).map(\.tokens) == [1])
        timeline.addTokens(1, at: at(1_000_000))
        timeline.addTokens(99, at: at(1500))
        #expect(timeline.secondBins(before: at(1_001_000)).map(\.tokens).reduce(0, +) == 1)
    }
}
