import Charts
import Measure

/// The axes as they were last drawn: they move once a second at most, and only when they must. Another level's axes
/// are its own from the first frame on.
struct ChartMemory: Sendable {
    var ttft = Held<Windows>()
    var tpot = Held<Windows>()
    var curveX = Held<Points>()
    var curveY = Held<Points>()

    /// An axis, and what was on it.
    struct Held<Subject: Hashable & Sendable>: Sendable {
        private var range: AxisRange?
        private var subject: Subject?

        mutating func settle(_ fitted: AxisRange?, of subject: Subject, at now: Moment) -> AxisRange? {
            let previous = subject == self.subject ? range : nil
            self.subject = subject
            range = fitted?.settled(from: previous, at: now) ?? previous
            return range
        }
    }

    /// What histograms show: a window an endpoint.
    struct Windows: Hashable, Sendable {
        var selected: Int
        var windows: [Window] = []

        struct Window: Hashable, Sendable {
            var level: Int
            var isFinished: Bool
            var isPast: Bool
            var begin: Moment
        }
    }

    /// What the curve shows: so many finished levels of each endpoint.
    struct Points: Hashable, Sendable {
        var axis: CurveAxis
        var finished: [Int]
        var isOver: Bool
    }
}
