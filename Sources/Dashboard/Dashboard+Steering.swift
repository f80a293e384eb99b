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
        guard case .steer(let word) = command, let wish = steer(word, endpoint, now: now) else { return [] }
        return [.steer(wish, of: endpoint.info.id)]
    }

    /// What is asked for, and said; nil: nothing can be done.
    private mutating func steer(
        _ word: Steering, _ endpoint: EndpointSnapshot, now: Moment
    ) -> Steering? {
        switch word {
        case .adjustUsers(let sign) where sign > 0:
            let step = UserStep.size(at: endpoint.users)
            notify("+\(step) to \(Format.users(endpoint.users &+ step))", now: now)
            return .adjustUsers(by: step)
        case .adjustUsers:
            let step = UserStep.down(from: endpoint.users)
            guard step > 0 else {
                notify("one user is the least", now: now, isError: true)
                return nil
            }
            notify("-\(step) to \(Format.users(endpoint.users - step))", now: now)
            return .adjustUsers(by: -step)
        case .nextLevel: notify("level skipped", now: now)
        case .repeatLevel: notify("this level will run again", now: now)
        case .pause where endpoint.phase == .paused:
            notify("the load goes on", now: now)
            return .resume
        case .pause: notify("load paused: p goes on", now: now)
        case .resume, .stop: break
        }
        return word
    }
}
