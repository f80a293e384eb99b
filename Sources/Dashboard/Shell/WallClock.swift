import Canvas
import Charts
import Measure

/// What the time is where it was measured, so that what is seen can be found again in other logs: in the status line, or
/// where that's full in the message line.
enum WallClock {
    private static let statusFrom = 100

    static func standsInStatus(_ stage: Stage<some Screen>) -> Bool {
        (stage.panels[.status]?.width ?? 0) >= statusFrom
    }

    /// A replay's is the recording's own, with its date.
    static func text(_ stage: Stage<some Screen>) -> String {
        let unix = stage.snapshot.session.started.unixNanoseconds(saturatingAt: stage.snapshot.at)
        let clock = Format.clock(unix) + " UTC"
        return stage.screen.isReplay ? "\(Format.date(unix)) \(clock)" : clock
    }
}

extension WallAnchor {
    /// A recording may say anything.
    fileprivate func unixNanoseconds(saturatingAt moment: Moment) -> Int64 {
        let (span, isFar) = moment.nanoseconds.subtractingReportingOverflow(self.moment.nanoseconds)
        let (sum, isFarther) = unixNanoseconds.addingReportingOverflow(span)
        return isFar || isFarther ? unixNanoseconds : sum
    }
}
