import Charts
import Measure

extension SweepScreen {
    /// Keys that change the load or the recording. Each says at once what it did, or why it can't.
    func steer(_ command: Command, _ occasion: Occasion) -> Answer {
        let snapshot = occasion.newest
        if mode == .replay { return .refusal("a replay: there is nothing to steer") }
        guard case .steer(let word) = command else {
            return snapshot.ended
                ? .refusal("the session is over: nothing more is recorded")
                : Answer(prompt: .note(LineEditor()))
        }
        let place = max(0, min(occasion.endpoint, snapshot.endpoints.count - 1))
        guard let endpoint = snapshot.endpoints.at(place) else { return .refusal("there is no endpoint yet") }
        if snapshot.ended || endpoint.phase.isFinal { return .refusal("the sweep is over: nothing to steer") }
        guard endpoint.level != nil else { return .refusal("no level runs yet") }
        return steer(word, endpoint)
    }

    private func steer(_ word: Steering, _ endpoint: EndpointSnapshot) -> Answer {
        func asks(_ word: Steering, _ text: String) -> Answer {
            Answer(actions: [.steer(word, of: endpoint.info.id)], notice: (text, false))
        }
        switch word {
        case .adjustUsers(let sign) where sign > 0:
            let step = UserStep.size(at: endpoint.users)
            return asks(.adjustUsers(by: step), "+\(step) to \(Format.users(endpoint.users &+ step))")
        case .adjustUsers:
            let step = UserStep.down(from: endpoint.users)
            guard step > 0 else { return .refusal("one user is the least") }
            return asks(.adjustUsers(by: -step), "-\(step) to \(Format.users(endpoint.users - step))")
        case .nextLevel: return asks(word, "level skipped")
        case .repeatLevel: return asks(word, "this level will run again")
        case .pause where endpoint.phase == .paused: return asks(.resume, "the load goes on")
        case .pause: return asks(word, "load paused: p goes on")
        case .resume, .stop: return .nothing
        }
    }
}
