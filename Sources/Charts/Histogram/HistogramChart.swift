package import Canvas
import Measure

/// Latencies on a logarithmic axis, with an overflow bin at either end and percentiles marked.
package struct HistogramChart: Hashable, Sendable {
    package enum Arrangement: Hashable, Sendable {
        /// Over each other, the lower one in front.
        case overlaid
        /// One below the other on one axis; overlaid where the height doesn't suffice.
        case strips
    }

    package var series: [HistogramSeries]
    /// nil: fitted to the data in each draw. Pass a settled one to hold it still.
    package var range: AxisRange?
    package var arrangement: Arrangement
    /// Colours the rows of a single series; several take their series colours.
    package var gradient: ThemeGradient
    /// Shown in place of the bars while there is nothing to draw.
    package var emptyText: String
    /// Short lines in the upper left corner; they give way to the data.
    package var notes: [String]
    /// Stretches of the axis with a meaning, nanoseconds: drawn heavier.
    package var bands: [GaugeBand]
    /// Upper limits, such as a budget's: a line each, across the plot.
    package var limits: [HistogramMarker]
    /// A vertical axis: how many answers a column of a single series holds.
    package var showsCounts: Bool

    package init(
        series: [HistogramSeries], range: AxisRange? = nil, arrangement: Arrangement = .overlaid,
        gradient: ThemeGradient = .latency, emptyText: String = "waiting for the first answer",
        notes: [String] = [], bands: [GaugeBand] = [], limits: [HistogramMarker] = [],
        showsCounts: Bool = false
    ) {
        self.series = series
        self.range = range
        self.arrangement = arrangement
        self.gradient = gradient
        self.emptyText = emptyText
        self.notes = notes
        self.bands = bands
        self.limits = limits
        self.showsCounts = showsCounts
    }
}
