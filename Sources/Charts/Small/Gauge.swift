package import Canvas

/// A bar: how much of a maximum. The first row is the bar, a second one (where there is room) the bands.
package struct Gauge: Hashable, Sendable {
    /// nil, NaN: not known.
    package var value: Double?
    /// The bar's right end.
    package var maximum: Double
    package var bands: [GaugeBand]
    /// At the left of the bar; gives way last. nil: `Format.grouped(value)`.
    package var valueText: String?
    /// At the right of the bar; gives way first. nil: `Format.grouped(maximum)`.
    package var maximumText: String?
    package var gradient: ThemeGradient

    package init(
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
