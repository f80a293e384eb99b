/// What a level's users did: how many of them, on average over the window.
package struct Occupancy: Hashable, Sendable, Codable {
    /// With a request out: from handing it to the socket to the answer's end.
    package var out: Double
    /// Opening a connection.
    package var connecting: Double
    /// Sitting out a wait after a failure, the server's `Retry-After` included.
    package var waiting: Double

    package init(out: Double, connecting: Double = 0, waiting: Double = 0) {
        self.out = out
        self.connecting = connecting
        self.waiting = waiting
    }
}

/// Why users were idle.
package enum IdleReason: String, Hashable, Sendable {
    case waiting
    case connecting

    /// Behind the flag's name.
    package var words: String {
        switch self {
        case .waiting: "waiting after failures"
        case .connecting: "connecting"
        }
    }
}

extension LevelResult {
    /// Below this share of what was asked for, users were idle.
    static let busyShare = 0.95

    /// What the users who had no request out did most; nil where neither explains it.
    package var idleReason: IdleReason? {
        guard let occupancy, max(occupancy.waiting, occupancy.connecting) > 0 else { return nil }
        return occupancy.waiting >= occupancy.connecting ? .waiting : .connecting
    }

    /// The flag's name as the level has it: "users idle: connecting", "foreign 3.2 req/s".
    package func label(of flag: TrustFlag) -> String {
        if flag == .foreignLoad, let foreign = telemetry?.foreign { return "\(flag.label) \(foreign.words)" }
        return kind(of: flag)
    }

    /// The same without how much of it: levels have it in common.
    package func kind(of flag: TrustFlag) -> String {
        guard flag == .usersIdle, let idleReason else { return flag.label }
        return "\(flag.label): \(idleReason.words)"
    }
}
