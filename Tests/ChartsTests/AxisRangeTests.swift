import Measure
import Testing

@testable import Canvas
@testable import Charts

@Suite struct AxisRangeTests {
    private func range(_ lower: Double, _ upper: Double, _ seconds: Double = 0) -> AxisRange {
        AxisRange(lower: lower, upper: upper, scale: .linear, since: Moment(nanoseconds: .seconds(seconds)))
    }

    private func moment(_ seconds: Double) -> Moment { Moment(nanoseconds: .seconds(seconds)) }

    @Test func holdsStillForASecond() {
        let old = range(0, 100, 10)
        #expect(range(0, 500).settled(from: old, at: moment(10.9)) == old)
        #expect(range(0, 500).settled(from: old, at: moment(11.1)) == range(0, 500, 11.1))
    }

    @Test func staysWhileItServes() {
        let old = range(0, 100, 10)
        #expect(range(0, 90).settled(from: old, at: moment(20)) == old)
        #expect(range(0, 60).settled(from: old, at: moment(20)) == range(0, 60, 20))
        #expect(range(0, 101).settled(from: old, at: moment(20)) == range(0, 101, 20))
    }

    @Test func degenerateOnes() {
        let old = range(0, 100, 10)
        #expect(range(5, 5).settled(from: old, at: moment(20)) == old)
        #expect(range(0, .nan).settled(from: old, at: moment(20)) == old)
        #expect(range(0, 5).settled(from: range(.nan, 1), at: moment(0.1)) == range(0, 5, 0.1))
        #expect(range(0, 5).settled(from: nil, at: moment(3)) == range(0, 5, 3))
        let log = AxisRange(lower: 1, upper: 10, scale: .logarithmic)
        #expect(log.settled(from: old, at: moment(10.1)).scale == .logarithmic)
        #expect(range(5, 5).position(5) == nil)
        #expect(range(0, 5).position(.nan) == nil)
        #expect(AxisRange(lower: 0, upper: 5, scale: .logarithmic).position(1) == nil)
        #expect(log.position(0) == -.infinity)
        #expect(log.cell(-1, of: 5) == nil)
    }

    @Test func ticksAreRound() {
        #expect(AxisTicks.linear(range(0, 8640), atMost: 5) == [0, 2000, 4000, 6000, 8000])
        #expect(AxisTicks.linear(range(0, 1), atMost: 3) == [0, 0.5, 1])
        #expect(AxisTicks.linear(range(0, 0), atMost: 3).isEmpty)
        #expect(AxisTicks.linear(range(0, .infinity), atMost: 3).isEmpty)
        #expect(AxisTicks.linear(range(1e300, 1e301), atMost: 5).count > 1)
        let decades = AxisTicks.logarithmic(AxisRange(lower: 9e6, upper: 1.1e9, scale: .logarithmic))
        #expect(decades.first?.map { ($0 / 1e6).rounded() } == [10, 100, 1000])
        #expect(AxisTicks.latencyLabel(1.5e9) == "1.5s")
        #expect(AxisTicks.latencyLabel(20e6) == "20ms")
        #expect(AxisTicks.countLabel(2500) == "2.5k")
        #expect(AxisTicks.countLabel(0) == "0")
    }
}
