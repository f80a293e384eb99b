package import Measure
import System

/// From where to where an axis goes, and since when: axes hold still for a second, or nobody can read them.
package struct AxisRange: Hashable, Sendable {
    package enum Scale: Hashable, Sendable { case linear, logarithmic }

    package var lower: Double
    package var upper: Double
    package var scale: Scale
    /// When the range was last changed.
    package var since: Moment

    package init(lower: Double, upper: Double, scale: Scale, since: Moment = .zero) {
        self.lower = lower
        self.upper = upper
        self.scale = scale
        self.since = since
    }

    /// This range, or `previous` where that still serves: changed at most once a second, and only when
    /// something would fall outside or more than a third would stay empty.
    package func settled(from previous: AxisRange?, at now: Moment) -> AxisRange {
        var next = self
        next.since = now
        guard let previous, previous.isUsable, previous.scale == scale else { return next }
        guard isUsable else { return previous }
        if now >= previous.since, now - previous.since < .second { return previous }
        let fits = previous.lower <= lower && upper <= previous.upper
        return fits && span >= previous.span * 2 / 3 ? previous : next
    }

    /// Whether anything can be placed on it.
    package var isUsable: Bool {
        lower.isFinite && upper.isFinite && upper > lower && (scale == .linear || lower > 0)
    }

    /// `value`'s place, 0 at the lower end and 1 at the upper; beyond them outside 0…1; nil for NaN and
    /// where the axis can't be used.
    package func position(_ value: Double) -> Double? {
        guard isUsable, !value.isNaN else { return nil }
        switch scale {
        case .linear: return (value - lower) / (upper - lower)
        case .logarithmic:
            guard value > 0 else { return -.infinity }
            return log10(value / lower) / log10(upper / lower)
        }
    }

    /// The cell of `cells` in which `value` lies; nil outside.
    func cell(_ value: Double, of cells: Int) -> Int? {
        guard let position = position(value), position >= 0, position <= 1, cells > 0 else { return nil }
        return min(cells - 1, Int(position * Double(cells)))
    }

    private var span: Double { scale == .linear ? upper - lower : log10(upper / lower) }
}
