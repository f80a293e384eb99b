import Measure
import Testing

@testable import Dashboard

@Suite struct TimeColumnsTests {
    private func columns(at second: Int64, span: Int64 = 900, room: Int = 31, interval: Int64 = 1)
        -> TimeColumns
    {
        TimeColumns(
            endingAt: Moment(nanoseconds: second * .second), span: span * .second, room: room,
            interval: interval * .second)
    }

    @Test(arguments: [60, 300, 900, 3_600, 21_600], [1, 7, 31, 62, 130, 390])
    func theyCoverTheSpanAndNotMuchMore(span: Int64, room: Int) {
        let time = columns(at: 50_000, span: span, room: room)
        #expect(time.span >= span * .second)
        #expect(time.count * time.each <= room)
        #expect(time.index(of: Moment(nanoseconds: 50_000 * .second)) == time.count - 1)
        #expect(time.index(of: Moment(nanoseconds: (50_000 - span) * .second + time.step)) != nil)
    }

    /// A moment's column is the same stretch of time a second later: at most one further left.
    @Test func aColumnIsTheSameStretchInEveryFrame() {
        let moment = Moment(nanoseconds: 49_800 * .second)
        var moves = 0
        for second in Int64(50_000)..<50_060 {
            let (before, after) = (columns(at: second), columns(at: second + 1))
            let step = (before.index(of: moment) ?? -9) - (after.index(of: moment) ?? -9)
            #expect(step == 0 || step == 1)
            moves += step
        }
        #expect(moves == 2)
    }

    @Test func whatIsCoarserThanColumnsFillsThose() {
        let time = columns(at: 600, span: 60, room: 60)
        let points: [(at: Moment, elapsed: Nanoseconds?)] = [
            (Moment(nanoseconds: 570 * .second), 10 * .second),
            (Moment(nanoseconds: 600 * .second), 5 * .second),
        ]
        var expected = [Int?](repeating: nil, count: 60)
        for index in 20..<30 { expected[index] = 0 }
        for index in 55..<60 { expected[index] = 1 }
        #expect(time.cut(points).map { $0?.lowerBound } == expected)
    }

    @Test func manyPointsShareAColumn() {
        let time = columns(at: 900, span: 900, room: 30)
        let points = (1...900).map { (at: Moment(nanoseconds: $0 * .second), elapsed: Nanoseconds?(.second)) }
        #expect(time.cut(points).compactMap { $0?.count } == Array(repeating: 30, count: 30))
    }

    @Test func beforeTheClocksZero() {
        let time = columns(at: -5, span: 60, room: 60)
        #expect(time.index(of: Moment(nanoseconds: -5 * .second)) == 59)
        #expect(time.index(of: Moment(nanoseconds: 0)) == nil)
    }
}
