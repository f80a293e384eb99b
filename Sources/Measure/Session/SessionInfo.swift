/// What one session is: written first into its recording, and all that a replay needs to begin.
package struct SessionInfo: Hashable, Sendable, Codable {
    package var started: WallAnchor
    /// plimsoll's own version.
    package var version: String
    /// "sweep", "watch" or "demo".
    package var command: String
    /// What was asked for; nil where a newer program's plan can't be read.
    package var plan: SessionPlan?
    /// What a watch was asked to do; nil: it is no watch.
    package var watch: WatchPlan?
    /// The options that shaped the load, as one would type them: for people. Never a secret.
    package var options: [String: String]
    package var seed: UInt64
    package var host: String
    /// How many event loops deliver samples, from 0: in files from before sources joined a session by an event.
    package var loops: Int?

    package init(
        started: WallAnchor, version: String, command: String, plan: SessionPlan? = nil,
        watch: WatchPlan? = nil, options: [String: String], seed: UInt64, host: String,
        loops: Int? = nil
    ) {
        self.started = started
        self.version = version
        self.command = command
        self.plan = plan
        self.watch = watch
        self.options = options
        self.seed = seed
        self.host = host
        self.loops = loops
    }
}

extension SessionInfo {
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        started = try members.decode(WallAnchor.self, forKey: .started)
        version = try members.decode(String.self, forKey: .version)
        command = try members.decode(String.self, forKey: .command)
        options = try members.decode([String: String].self, forKey: .options)
        seed = try members.decode(UInt64.self, forKey: .seed)
        host = try members.decode(String.self, forKey: .host)
        loops = try members.decodeIfPresent(Int.self, forKey: .loops)
        plan = try? members.decodeIfPresent(SessionPlan.self, forKey: .plan)
        watch = try? members.decodeIfPresent(WatchPlan.self, forKey: .watch)
    }
}
