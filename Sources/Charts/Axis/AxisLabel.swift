/// A label under a horizontal axis.
struct AxisLabel: Hashable {
    /// Empty: a tick without a label.
    var text: String
    /// The cell that it belongs to, and the one in which its text begins; from the axis's left end.
    var tick: Int
    var start: Int

    var end: Int { start + text.unicodeScalars.count }

    /// The densest set of round values whose labels don't crowd each other; where even two don't fit, as
    /// many as do.
    ///
    /// - Parameters:
    ///   - cells: the axis's length.
    ///   - outer: how far labels may reach beyond its ends.
    static func place(
        sets: [[Double]], range: AxisRange, cells: Int, outer: ClosedRange<Int>, text: (Double) -> String
    ) -> [AxisLabel] {
        var best: [AxisLabel] = []
        for set in sets {
            let all = labels(set, range: range, cells: cells, outer: outer, text: text)
            let named = all.filter { !$0.text.isEmpty }
            let isRoomy = zip(named, named.dropFirst()).allSatisfy { $0.end + 2 <= $1.start }
            if isRoomy, all.count == set.count {
                best = all
            } else if best.count < 2 {
                var kept = best
                for label in all
                where kept.allSatisfy({ $0.end < label.start || label.end < $0.start }) && !label.text.isEmpty
                {
                    kept.append(label)
                }
                best = kept.sorted { $0.start < $1.start }
            } else {
                break
            }
        }
        return best
    }

    private static func labels(
        _ values: [Double], range: AxisRange, cells: Int, outer: ClosedRange<Int>, text: (Double) -> String
    ) -> [AxisLabel] {
        values.compactMap { value in
            let text = text(value)
            let width = text.unicodeScalars.count
            // Rounding may put an end's own value just outside.
            let inside = min(range.upper, max(range.lower, value))
            guard let tick = range.cell(inside, of: cells), width <= outer.count else { return nil }
            let start = max(outer.lowerBound, min(outer.upperBound + 1 - width, tick - width / 2))
            // A label that has to move away from its tick would stand at another value.
            guard start <= tick, tick < start + width else {
                return AxisLabel(text: "", tick: tick, start: tick)
            }
            return AxisLabel(text: text, tick: tick, start: start)
        }
    }
}
