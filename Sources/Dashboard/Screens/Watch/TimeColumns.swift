import Measure

/// A span of time cut into columns of equal length. A column is the same stretch of time in every frame, so that charts
/// move by whole columns.
struct TimeColumns: Hashable, Sendable {
    let step: Nanoseconds
    let count: Int
    /// How many cells, or half cells, each is wide.
    let each: Int
    /// The number of the last one, from the clock's zero.
    private let last: Int64

    /// - Parameters:
    ///   - room: how many columns fit; as many as that cover at least `span`.
    ///   - interval: what is finer than that isn't there.
    init(endingAt end: Moment, span: Nanoseconds, room: Int, interval: Nanoseconds) {
        let room = max(1, room)
        let finest = max(.second, interval)
        each = max(1, Int(Int64(room) * finest / max(.second, span)))
        count = max(1, room / each)
        let exact = max(finest, (span + Int64(count) - 1) / Int64(count))
        // Whole seconds: readings come on them.
        step = (exact + .second - 1) / .second * .second
        last = Self.number(end, step)
    }

    /// Where the first one begins.
    var start: Moment { Moment(nanoseconds: (last - Int64(count) + 1) * step) }
    var span: Nanoseconds { Int64(count) * step }

    /// The one in which a moment lies; nil outside.
    func index(of moment: Moment) -> Int? {
        let index = Self.number(moment, step) - last + Int64(count) - 1
        return (0..<Int64(count)).contains(index) ? Int(index) : nil
    }

    /// For each column the points in it; where points are further apart than columns, the one that covers it. nil where
    /// nothing is known.
    ///
    /// - Parameter points: the oldest first, each with how much time it stands for.
    func cut(_ points: [(at: Moment, elapsed: Nanoseconds?)]) -> [Range<Int>?] {
        var ranges = [Range<Int>?](repeating: nil, count: count)
        for (place, point) in points.enumerated() {
            guard let index = index(of: point.at) else { continue }
            ranges[index] = (ranges[index]?.lowerBound ?? place)..<place + 1
            // Back to where it began, over columns that have no point of their own.
            let covered = Int(min(Int64(count), ((point.elapsed ?? 0) - 1) / step))
            var earlier = index - 1
            while earlier >= max(0, index - covered), ranges[earlier] == nil {
                ranges[earlier] = place..<place + 1
                earlier -= 1
            }
        }
        return ranges
    }

    /// A column's end belongs to it: a reading stands for the time before it.
    private static func number(_ moment: Moment, _ step: Nanoseconds) -> Int64 {
        let before = moment.nanoseconds - 1
        return before / step - (before % step < 0 ? 1 : 0)
    }
}
