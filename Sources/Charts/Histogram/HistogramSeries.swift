package import Measure

/// One distribution to draw.
package struct HistogramSeries: Hashable, Sendable {
    package var name: String
    package var bins: LogBins
    /// The endpoint's place, which gives its colour and its sign.
    package var index: Int
    package var markers: [HistogramMarker]
    /// What was, while what is has nothing to show yet: drawn faintly.
    package var isPast = false

    package init(name: String = "", bins: LogBins, index: Int = 0, markers: [HistogramMarker] = []) {
        self.name = name
        self.bins = bins
        self.index = index
        self.markers = markers
    }

    /// With the markers p50, p95 and p99, as far as there are samples enough for them.
    package init(name: String = "", distribution: Distribution, index: Int = 0) {
        let markers = [Percentile.p50, .p95, .p99].compactMap { percentile in
            distribution.percentile(percentile).map { HistogramMarker(percentile.name, $0) }
        }
        self.init(name: name, bins: distribution.bins, index: index, markers: markers)
    }
}
