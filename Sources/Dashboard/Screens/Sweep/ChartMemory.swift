import Charts
import Measure

/// The axes as they were last drawn: they move once a second at most, and only when they must. Another level's axes are
/// its own from the first frame on.
struct ChartMemory: Sendable {
    var ttft = Held()
    var tpot = Held()
    var curveX: AxisRange?
    var curveY: AxisRange?

    /// An axis, and what was on it.
    struct Held: Sendable {
        private var range: AxisRange?
        private var subject: Subject?

        mutating func settle(_ fitted: AxisRange?, of subject: Subject, at now: Moment) -> AxisRange? {
            let previous = subject == self.subject ? range : nil
            self.subject = subject
            range = fitted?.settled(from: previous, at: now) ?? previous
            return range
        }
    }

    /// The windows that a chart shows, one an endpoint.
    struct Subject: Hashable, Sendable {
        var selected: Int
        var windows: [Window]

        struct Window: Hashable, Sendable {
            var level: Int
            var isFinished: Bool
            var isPast: Bool
            var begin: Moment
        }
    }
}
