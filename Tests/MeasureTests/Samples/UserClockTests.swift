import Measure
import Testing

@Suite struct UserClockTests {
    private func at(_ milliseconds: Int64) -> Moment { .zero + milliseconds * .millisecond }

    @Test func eachUserCountsWhereItIs() {
        var clock = UserClock(at: at(0))
        clock.move(from: .idle, to: .connecting, at: at(0))
        clock.move(from: .idle, to: .connecting, at: at(10))
        clock.move(from: .connecting, to: .out, at: at(20))
        clock.move(from: .out, to: .waiting, at: at(50))
        let times = clock.times(at: at(100))
        #expect(times.connecting == (20 + 90) * .millisecond)
        #expect(times.out == 30 * .millisecond)
        #expect(times.waiting == 50 * .millisecond)
        clock.move(from: .waiting, to: .idle, at: at(100))
        clock.move(from: .connecting, to: .idle, at: at(100))
        #expect(clock.times(at: at(900)) == times)
    }

    @Test func aClockGoneBackTakesNothingAway() {
        var clock = UserClock(at: at(0))
        clock.move(from: .idle, to: .out, at: at(0))
        let before = clock.times(at: at(100))
        #expect(clock.times(at: at(50)) == before)
        #expect(clock.times(at: at(110)).out == 110 * .millisecond)
    }
}
