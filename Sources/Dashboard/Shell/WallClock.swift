import Canvas
import Charts
import Measure

/// What the time is where it was measured, so that what is seen can be found again in other logs.
enum WallClock {
    /// The first line that has room for it: on a small screen that's the message line, while it's quiet.
    enum Place { case status, verdict, message }

    static func segment<S>(_ stage: Stage<S>, in place: Place) -> [Segment] {
        guard place == self.place(stage) else { return [] }
        let priority =
            switch place {
            case .status: S.clock.priority
            case .verdict: 0
            case .message: 5
            }
        return [Segment(text(stage), role: .inactive, priority: priority)]
    }

    private static func place<S>(_ stage: Stage<S>) -> Place {
        if (stage.panels[.status]?.width ?? 0) >= S.clock.from { return .status }
        guard let rect = stage.panels[.verdict] else { return .message }
        // It's the first to give way: where it stays, nothing else had to.
        let line = SegmentLine(
            left: stage.screen.verdict(stage), right: [Segment(text(stage), priority: Int.min)], gap: 3)
        return line.fitted(to: rect.width - 2).right.isEmpty ? .message : .verdict
    }

    /// A replay's is the recording's own, with its date.
    private static func text(_ stage: Stage<some Screen>) -> String {
        let unix = stage.snapshot.session.started.unixNanoseconds(saturatingAt: stage.snapshot.at)
        let clock = Format.clock(unix) + " UTC"
        return stage.screen.isReplay ? "\(Format.date(unix)) \(clock)" : clock
    }
}

extension WallAnchor {
    /// A recording may say anything.
    func unixNanoseconds(saturatingAt moment: Moment) -> Int64 {
        let (span, isFar) = moment.nanoseconds.subtractingReportingOverflow(self.moment.nanoseconds)
        let (sum, isFarther) = unixNanoseconds.addingReportingOverflow(span)
        return isFar || isFarther ? unixNanoseconds : sum
    }
}
