/// Where a user is at a moment.
package enum UserPresence: Hashable, Sendable {
    /// Not started, paused, or gone.
    case idle
    case connecting
    /// A request is out, or on its way out.
    case out
    /// Sitting out a wait after a failure.
    case waiting
}

/// The time that users have spent, summed over all of them, in nanoseconds; only ever grows.
package struct UserTimes: Hashable, Sendable, Codable {
    package var out: Nanoseconds
    package var connecting: Nanoseconds
    package var waiting: Nanoseconds

    package init(out: Nanoseconds = 0, connecting: Nanoseconds = 0, waiting: Nanoseconds = 0) {
        self.out = out
        self.connecting = connecting
        self.waiting = waiting
    }
}

/// Counts users by where they are, and adds up the time.
package struct UserClock: Hashable, Sendable {
    private var out = 0
    private var connecting = 0
    private var waiting = 0
    private var times = UserTimes()
    private var since: Moment

    package init(at moment: Moment) { since = moment }

    package mutating func move(from former: UserPresence, to presence: UserPresence, at now: Moment) {
        guard former != presence else { return }
        advance(to: now)
        count(former, -1)
        count(presence, 1)
    }

    package mutating func times(at now: Moment) -> UserTimes {
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
