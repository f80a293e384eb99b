/// Where a user is at a moment.
public enum UserPresence: Hashable, Sendable {
    /// Not started, paused, or gone.
    case idle
    case connecting
    /// A request is out, or on its way out.
    case out
    /// Sitting out a wait after a failure.
    case waiting
}

/// The time that users have spent, summed over all of them, in nanoseconds; only ever grows.
public struct UserTimes: Hashable, Sendable, Codable {
    public var out: Nanoseconds
    public var connecting: Nanoseconds
    public var waiting: Nanoseconds

    public init(out: Nanoseconds = 0, connecting: Nanoseconds = 0, waiting: Nanoseconds = 0) {
        self.out = out
        self.connecting = connecting
        self.waiting = waiting
    }
}

/// Counts users by where they are, and adds up the time.
public struct UserClock: Hashable, Sendable {
    private var out = 0
    private var connecting = 0
    private var waiting = 0
    private var times = UserTimes()
    private var since: Moment

    public init(at moment: Moment) { since = moment }

    public mutating func move(from former: UserPresence, to presence: UserPresence, at now: Moment) {
        guard former != presence else { return }
        advance(to: now)
        count(former, -1)
        count(presence, 1)
    }

    public mutating func times(at now: Moment) -> UserTimes {
        advance(to: now)
        return times
    }

    private mutating func count(_ presence: UserPresence, _ change: Int) {
        switch presence {
        case .idle: return
        case .out: out += change
        case .connecting: connecting += change
        case .waiting: waiting += change
        }
    }

    private mutating func advance(to now: Moment) {
        let span = max(0, now - since)
        since = max(since, now)
        times.out &+= span &* Nanoseconds(out)
        times.connecting &+= span &* Nanoseconds(connecting)
        times.waiting &+= span &* Nanoseconds(waiting)
    }
}
