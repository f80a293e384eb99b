/// What happened to a session beside the samples themselves. A kind is only ever added, and so is a
/// value of a kind, as an optional one.
package enum ControlEvent: Hashable, Sendable, Codable {
    case sessionStarted(SessionInfo)
    /// From here on figures wait for what the source delivers, until it has left.
    case sourceJoined(SourceInfo, at: Moment)
    /// It has delivered all that it will.
    case sourceLeft(SourceID, at: Moment)
    case endpointFound(EndpointInfo, at: Moment)
    /// The endpoint can't be used; nothing more will come of it. What is known of it has been said by
    /// `endpointFound`.
    case endpointFailed(EndpointID, message: String, at: Moment)
    case levelStarted(LevelStart, at: Moment)
    /// Users were changed by hand while a level ran.
    case usersChanged(EndpointID, users: Int, at: Moment)
    /// `cpu`: the CPU time that this program had used by then, where it is known; the same at the closing.
    case windowOpened(EndpointID, level: Int, at: Moment, cpu: Nanoseconds? = nil)
    case windowClosed(EndpointID, level: Int, at: Moment, cpu: Nanoseconds? = nil)
    /// How a window that was closed came about, and what went on around it: its figures wait for this.
    case windowExplained(EndpointID, level: Int, WindowCircumstances, at: Moment)
    case loadPaused(EndpointID, at: Moment)
    case loadResumed(EndpointID, at: Moment)
    case marked(note: String, at: Moment)
    /// What is known of a server beside its readings. The source is the one that brings those.
    case serverSaid(SourceID, ServerNews, at: Moment)
    /// What is known of GPUs beside their readings.
    case gpusSaid(SourceID, GPUNews, at: Moment)
    case sweepEnded(EndpointID, reason: SweepEnd, at: Moment)
    case sessionEnded(at: Moment)

    enum CodingKeys: String, CodingKey, CaseIterable {
        case sessionStarted, endpointFound, endpointFailed, levelStarted, usersChanged, windowOpened,
            windowClosed
        case windowExplained, loadPaused, loadResumed, marked, sweepEnded, sessionEnded
        case sourceJoined, sourceLeft, serverSaid, gpusSaid
    }

    /// What kinds there are, as files have them: a later program has more.
    package static let kinds = Set(CodingKeys.allCases.map(\.rawValue))

    /// When it happened.
    package var at: Moment {
        switch self {
        case .sessionStarted(let info): info.started.moment
        case .sourceJoined(_, let at), .sourceLeft(_, let at), .endpointFound(_, let at),
            .endpointFailed(_, _, let at), .levelStarted(_, let at),
            .usersChanged(_, _, let at), .windowOpened(_, _, let at, _),
            .windowClosed(_, _, let at, _), .windowExplained(_, _, _, let at), .loadPaused(_, let at),
            .loadResumed(_, let at), .marked(_, let at), .serverSaid(_, _, let at), .gpusSaid(_, _, let at),
            .sweepEnded(_, _, let at),
            .sessionEnded(let at):
            at
        }
    }
}

/// A level begins: its users are being added or taken away.
package struct LevelStart: Hashable, Sendable, Codable {
    package var endpoint: EndpointID
    /// From 0, in the order in which levels were run.
    package var level: Int
    /// What this level holds.
    package var load: Load
    /// How many levels the plan has, when that is known.
    package var planned: Int?

    enum CodingKeys: String, CodingKey {
        case endpoint, level
        /// The loads of the first files were all numbers of users.
        case load = "users"
        case planned
    }

    package init(endpoint: EndpointID, level: Int, load: Load, planned: Int?) {
        self.endpoint = endpoint
        self.level = level
        self.load = load
        self.planned = planned
    }
}

/// Why an endpoint's sweep ended.
package enum SweepEnd: String, Hashable, Sendable, Codable {
    /// Every level of the plan was run.
    case planDone = "plan-done"
    /// More users bought less than 5 % more throughput over two levels.
    case plateau
    /// The latency budget was far behind.
    case overBudget = "over-budget"
    /// The error rate passed the limit: the circuit breaker opened.
    case errors
    /// Somebody asked for it.
    case stopped

    /// A reason that only a later program knows is still an end.
    package init(from decoder: any Decoder) throws {
        self = SweepEnd(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .stopped
    }
}
