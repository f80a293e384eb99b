package import Measure

extension ServerHistory {
    /// The server at one reading.
    package struct Point: Absorbing, Sendable {
        package var at: Moment
        /// By column; NaN where it wasn't said.
        var totals: [Double]
        /// By row, then gauge; NaN where it wasn't said.
        var gauges: [Double]
        /// The most since the point before, as `gauges`.
        var peaks: [Double]

        package mutating func absorb(_ earlier: Point) {
            for index in earlier.peaks.indices where index < peaks.count {
                // NaN gives way.
                peaks[index] = Double.maximum(peaks[index], earlier.peaks[index])
            }
        }
    }
}
