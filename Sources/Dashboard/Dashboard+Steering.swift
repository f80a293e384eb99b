import Charts
import Measure

extension Dashboard {
    /// Keys that change the load or the recording. Each says at once what it did, or why it can't.
    mutating func steer(_ command: Command, snapshot: Snapshot, now: Moment) -> [DashboardAction] {
        if mode == .replay {
            notify("a replay: there is nothing to steer", now: now, isError: true)
            return []
        }
        if command == .mark {
            if snapshot.ended {
                notify("the session is over: nothing more is recorded", now: now, isError: true)
            } else {
                view.prompt = .note(LineEditor())
            }
            return []
        }
        guard let endpoint = snapshot.endpoints.at(clampedEndpoint(in: snapshot)) else {
            notify("there is no endpoint yet", now: now, isError: true)
            return []
        }
        if snapshot.ended || endpoint.phase.isFinal {
            notify("the sweep is over: nothing to steer", now: now, isError: true)
            return []
        }
        guard endpoint.level != nil else {
            notify("no level runs yet", now: now, isError: true)
            return []
        }
        return steer(command, endpoint, now: now)
    }

    private mutating func steer(
        _ command: Command, _ endpoint: EndpointSnapshot, now: Moment
    ) -> [DashboardAction] {
        let id = endpoint.info.id
        switch command {
        case .moreUsers:
            let step = UserStep.size(at: endpoint.users)
            notify("+\(step) to \(Format.users(endpoint.users &+ step))", now: now)
            return [.adjustUsers(id, by: step)]
        case .fewerUsers:
            let step = UserStep.down(from: endpoint.users)
            guard step > 0 else {
                notify("one user is the least", now: now, isError: true)
                return []
            }
            notify("-\(step) to \(Format.users(endpoint.users - step))", now: now)
            return [.adjustUsers(id, by: -step)]
        case .nextLevel:
            notify("level skipped", now: now)
            return [.nextLevel(id)]
        case .repeatLevel:
            notify("this level will run again", now: now)
            return [.repeatLevel(id)]
        case .pause:
            let pauses = endpoint.phase != .paused
            notify(pauses ? "load paused: p goes on" : "the load goes on", now: now)
            return [.setPaused(id, pauses)]
        default: return []
        }
    }
}
