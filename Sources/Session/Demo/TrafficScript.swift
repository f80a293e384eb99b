package import Measure

/// Traffic that changes as somebody wrote it down: how many users each server has, from moment to moment.
package struct TrafficScript: Hashable, Sendable {
    /// A moment of the script; between two of them users come and go evenly.
    package struct Scene: Hashable, Sendable {
        package var at: Nanoseconds
        /// One number a server.
        package var users: [Int]

        package init(at seconds: Int64, users: [Int]) {
            at = seconds * .second
            self.users = users
        }
    }

    private let scenes: [Scene]

    /// - Parameter scenes: in order of time, the first at its beginning.
    package init(_ scenes: [Scene]) { self.scenes = scenes }

    package var length: Nanoseconds { scenes.last?.at ?? 0 }

    /// None where the script knows no such server. After its end things stay as they are.
    package func users(of server: Int, at time: Nanoseconds) -> Int {
        let before = scenes.last { $0.at <= time } ?? scenes.first
        guard let before, before.users.indices.contains(server) else { return 0 }
        let from = before.users[server]
        guard let after = scenes.first(where: { $0.at > time }), after.users.indices.contains(server),
            after.at > before.at
        else { return from }
        let share = Double(time - before.at) / Double(after.at - before.at)
        return from + Int((Double(after.users[server] - from) * share).rounded())
    }
}

extension TrafficScript {
    /// A good minute of two servers: the first has a busy but sound day; the second gets more than its KV cache holds,
    /// for longer than the rules are patient, and recovers when they have gone.
    package static let demo = TrafficScript([
        Scene(at: 0, users: [6, 4]), Scene(at: 7, users: [10, 6]), Scene(at: 11, users: [16, 32]),
        Scene(at: 13, users: [18, 44]), Scene(at: 60, users: [22, 44]), Scene(at: 64, users: [14, 6]),
        Scene(at: 78, users: [8, 5]),
    ])
}
