import Canvas

/// A bar: how much of a maximum. The first row is the bar, a second one (where there is room) the bands.
public struct Gauge: Hashable, Sendable {
    /// nil, NaN: not known.
    public var value: Double?
    /// The bar's right end.
    public var maximum: Double
    public var bands: [GaugeBand]
    /// At the left of the bar; gives way last. nil: `Format.grouped(value)`.
    public var valueText: String?
    /// At the right of the bar; gives way first. nil: `Format.grouped(maximum)`.
    public var maximumText: String?
    public var gradient: ThemeGradient

    public init(
        value: Double?, maximum: Double, bands: [GaugeBand] = [], valueText: String? = nil,
        maximumText: String? = nil, gradient: ThemeGradient = .throughput
    ) {
        self.value = value
        self.maximum = maximum
        self.bands = bands
        self.valueText = valueText
        self.maximumText = maximumText
        self.gradient = gradient
    }

}
