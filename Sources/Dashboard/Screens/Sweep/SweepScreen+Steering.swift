import Charts
import Measure

extension SweepScreen {
    /// Keys that change the load or the recording. Each says at once what it asks for, or why it can't; what becomes of it
    /// is said when it has.
    mutating func steer(_ command: Command, _ occasion: Occasion) -> Answer {
        let snapshot = occasion.newest
        if isReplay { return .refusal("a replay: there is nothing to steer") }
        guard case .steer(let word) = command else {
            return snapshot.ended
                ? .refusal("the session is over: nothing more is recorded")
                : Answer(prompt: .note(LineEditor()))
        }
        let place = max(0, min(occasion.endpoint, snapshot.endpoints.count - 1))
        guard let endpoint = snapshot.endpoints.at(place) else { return .refusal("there is no endpoint yet") }
        if snapshot.ended || endpoint.phase.isFinal { return .refusal("the sweep is over: nothing to steer") }
        guard endpoint.level != nil else { return .refusal("no level runs yet") }
        return steer(word, endpoint, at: occasion.now)
    }

    mutating func outcome(in newest: Snapshot, at now: Moment) -> (text: String, isError: Bool)? {
        guard let outcome = wish?.outcome(in: newest, at: now) else { return nil }
        wish = nil
        return outcome
    }

    private mutating func steer(_ word: Steering, _ endpoint: EndpointSnapshot, at now: Moment) -> Answer {
        switch word {
        case .adjustUsers(let sign) where sign > 0:
            return ask(.adjustUsers(by: UserStep.size(at: endpoint.users)), of: endpoint, at: now)
        case .adjustUsers:
            let step = UserStep.down(from: endpoint.users)
            guard step > 0 else { return .refusal("one user is the least") }
            return ask(.adjustUsers(by: -step), of: endpoint, at: now)
        case .nextLevel, .repeatLevel: return ask(word, of: endpoint, at: now)
        case .pause: return ask(endpoint.phase == .paused ? .resume : .pause, of: endpoint, at: now)
        case .resume, .stop: return .nothing
        }
    }

    private mutating func ask(_ word: Steering, of endpoint: EndpointSnapshot, at now: Moment) -> Answer {
        let new = Wish(word, of: endpoint, at: now)
        wish = wish?.continued(by: new) ?? new
        return Answer(actions: [.steer(word, of: endpoint.info.id)], notice: (new.asked, false))
    }
}
