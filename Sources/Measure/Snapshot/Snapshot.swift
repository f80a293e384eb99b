/// All that a screen needs, at one moment. Immutable; the collector makes a new one a few times a second.
package struct Snapshot: Sendable {
    package var session: SessionInfo
    package var at: Moment
    package var endpoints: [EndpointSnapshot]
    package var marks: [Mark]
    package var budget: LatencyBudget?
    package var recording: RecordingStatus
    /// This program's own lag over the last seconds.
    package var lag: LagSummary
    /// The session is over; what is shown is final.
    package var ended: Bool
    /// Of a soak test: the slices of its windows that are over, in the order of time, each endpoint's among the others'.
    package var slices: [LevelResult] = []
    /// What servers and GPUs say of themselves.
    package var watch = WatchSnapshot()

    package init(
        session: SessionInfo, at: Moment, endpoints: [EndpointSnapshot] = [], marks: [Mark] = [],
        budget: LatencyBudget? = nil, recording: RecordingStatus = .off, lag: LagSummary = LagSummary(),
        ended: Bool = false
    ) {
        self.session = session
        self.at = at
        self.endpoints = endpoints
        self.marks = marks
        self.budget = budget
        self.recording = recording
        self.lag = lag
        self.ended = ended
    }

    package var elapsed: Nanoseconds { max(0, at - session.started.moment) }
}

/// A note that somebody left in the session.
package struct Mark: Hashable, Sendable, Codable {
    package var at: Moment
    package var note: String

    package init(at: Moment, note: String) {
        self.at = at
        self.note = note
    }
}

package enum RecordingStatus: Hashable, Sendable {
    case off
    case running(path: String, bytes: Int)
    /// The disk is full, say: the sweep goes on, the screen says so.
    case failed(path: String, message: String)
    /// This is a replay of the file.
    case replaying(path: String)
}
