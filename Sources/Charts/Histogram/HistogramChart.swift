import Canvas
import Measure

/// Latencies on a logarithmic axis, with an overflow bin at either end and percentiles marked.
public struct HistogramChart: Hashable, Sendable {
    public enum Arrangement: Hashable, Sendable {
        /// Over each other, the lower one in front.
        case overlaid
        /// One below the other on one axis; overlaid where the height doesn't suffice.
        case strips
    }

    public var series: [HistogramSeries]
    /// nil: fitted to the data in each draw. Pass a settled one to hold it still.
    public var range: AxisRange?
    public var arrangement: Arrangement
    /// Colours the rows of a single series; several take their series colours.
    public var gradient: ThemeGradient
    /// Shown in place of the bars while there is nothing to draw.
    public var emptyText: String
    /// Short lines in the upper left corner; they give way to the data.
    public var notes: [String]
    /// Stretches of the axis with a meaning, nanoseconds: drawn heavier.
    public var bands: [GaugeBand]

    public init(
        series: [HistogramSeries], range: AxisRange? = nil, arrangement: Arrangement = .overlaid,
        gradient: ThemeGradient = .latency, emptyText: String = "waiting for the first answer",
        notes: [String] = [], bands: [GaugeBand] = []
    ) {
        self.series = series
        self.range = range
        self.arrangement = arrangement
        self.gradient = gradient
        self.emptyText = emptyText
        self.notes = notes
        self.bands = bands
    }
}
