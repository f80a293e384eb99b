import Charts
import Measure

extension SweepScreen {
    /// Keys that change the load or the recording. Each says at once what it asks for, or why it can't; what becomes of it
    /// is said when it has.
    mutating func steer(_ command: Command, _ occasion: Occasion) -> Answer {
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
        return steer(word, endpoint, at: occasion.now)
    }

    mutating func outcome(in newest: Snapshot, at now: Moment) -> (text: String, isError: Bool)? {
        guard let outcome = wish?.outcome(in: newest, at: now) else { return nil }
        wish = nil
        return outcome
    }

    private mutating func steer(_ word: Steering, _ endpoint: EndpointSnapshot, at now: Moment) -> Answer {
        func asks(_ word: Steering, _ wish: inout Wish?) -> Answer {
            let new = Wish(word, of: endpoint, at: now)
            wish = wish?.continued(by: new) ?? new
            return Answer(actions: [.steer(word, of: endpoint.info.id)], notice: (new.asked, false))
        }
        switch word {
        case .adjustUsers(let sign) where sign > 0:
            return asks(.adjustUsers(by: UserStep.size(at: endpoint.users)), &wish)
        case .adjustUsers:
            let step = UserStep.down(from: endpoint.users)
            guard step > 0 else { return .refusal("one user is the least") }
            return asks(.adjustUsers(by: -step), &wish)
        case .nextLevel, .repeatLevel: return asks(word, &wish)
        case .pause: return asks(endpoint.phase == .paused ? .resume : .pause, &wish)
        case .resume, .stop: return .nothing
        }
    }
}
