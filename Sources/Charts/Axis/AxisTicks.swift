import System

/// Round values along an axis.
enum AxisTicks {
    /// Multiples of 1, 2 or 5 times a power of ten: the finest of at most `limit` values.
    static func linear(_ range: AxisRange, atMost limit: Int) -> [Double] {
        guard range.isUsable, limit > 0 else { return [] }
        let span = range.upper - range.lower
        var power = pow(10, log10(span).rounded(.down) - 2)
        guard power > 0, power.isFinite else { return [] }
        for _ in 0..<6 {
            for factor in [1.0, 2, 5] {
                let step = power * factor
                let first = (range.lower / step).rounded(.up)
                let last = (range.upper / step * (1 + 1e-12)).rounded(.down)
                guard last - first < Double(limit) else { continue }
                guard last >= first else { return [] }
                return stride(from: first, through: last, by: 1).map { $0 * step }
            }
            power *= 10
        }
        return []
    }

    /// Sets of round values, from sparse to dense: each contains the ones before it.
    static func logarithmic(_ range: AxisRange) -> [[Double]] {
        guard range.isUsable else { return [] }
        let first = Int(log10(range.lower).rounded(.down))
        let last = Int(log10(range.upper).rounded(.down))
        guard last - first < 40 else { return [] }
        let families: [[Double]] = [
            [1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
        ]
        let slack = 1 + 1e-9
        return families.map { family in
            var values: [Double] = []
            for power in first...last {
                let unit = pow(10, Double(power))
                for factor in family {
                    let value = factor * unit
                    if range.lower <= value * slack, value <= range.upper * slack { values.append(value) }
                }
            }
            return values
        }
    }

    /// `20ms`, `1.5s`: short enough for an axis, never without a unit.
    static func latencyLabel(_ nanoseconds: Double) -> String {
        let magnitude = abs(nanoseconds)
        if magnitude < 0.5 { return "0" }
        for (unit, name) in [(1.0, "ns"), (1e3, "µs"), (1e6, "ms")] where magnitude < unit * 999.5 {
            return short(nanoseconds / unit) + name
        }
        return short(nanoseconds / 1e9) + "s"
    }

    /// `0`, `500`, `1.5k`, `2M`.
    static func countLabel(_ value: Double) -> String {
        let magnitude = abs(value)
        for (unit, name) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where magnitude >= unit {
            return short(value / unit) + name
        }
        return short(value)
    }

    /// At most three digits after the point, none that is a trailing zero.
    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return Format.unknown }
        var text = Substring(Format.fixed(value, abs(value) < 1 ? 3 : 2))
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }
}
