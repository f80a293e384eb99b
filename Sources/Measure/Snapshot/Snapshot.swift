/// All that a screen needs, at one moment. Immutable; the collector makes a new one a few times a second.
public struct Snapshot: Sendable {
    public var session: SessionInfo
    public var at: Moment
    public var endpoints: [EndpointSnapshot]
    public var marks: [Mark]
    public var budget: LatencyBudget?
    public var recording: RecordingStatus
    /// This program's own lag over the last seconds.
    public var lag: LagSummary
    /// The session is over; what is shown is final.
    public var ended: Bool

    public init(
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

    public var elapsed: Nanoseconds { max(0, at - session.started.moment) }
}

/// A note that somebody left in the session.
public struct Mark: Hashable, Sendable, Codable {
    public var at: Moment
    public var note: String

    public init(at: Moment, note: String) {
        self.at = at
        self.note = note
    }
}

public enum RecordingStatus: Hashable, Sendable {
    case off
    case running(path: String, bytes: Int)
    /// The disk is full, say: the sweep goes on, the screen says so.
    case failed(path: String, message: String)
    /// This is a replay of the file.
    case replaying(path: String)
}
