/// What a user is at.
enum UserActivity {
    /// Nothing: not started, paused, or between two requests.
    case idle
    case connecting
    /// A request is out, or on its way out.
    case out
    /// Sitting out the wait that follows a failure.
    case waiting
}

/// How many of an endpoint's users are at what.
struct UserActivities {
    private(set) var connecting = 0
    private(set) var out = 0
    private(set) var waiting = 0

    mutating func move(from former: UserActivity, to latter: UserActivity) {
        add(-1, to: former)
        add(1, to: latter)
    }

    private mutating func add(_ change: Int, to activity: UserActivity) {
        switch activity {
        case .idle: break
        case .connecting: connecting += change
        case .out: out += change
        case .waiting: waiting += change
        }
    }
}
