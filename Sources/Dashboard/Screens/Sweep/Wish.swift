import Charts
import Measure

/// What was asked of the sweep, until something has come of it: what is said then is what became.
struct Wish: Sendable {
    let steering: Steering
    let endpoint: EndpointID
    let since: Moment
    /// When it was asked for.
    private let level: Int?
    private let load: Load
    private let wasPaused: Bool

    /// A level that closes waits for its last answers: longer than that, and nothing will come of it.
    static let patience: Nanoseconds = 10 * .second

    init(_ steering: Steering, of endpoint: EndpointSnapshot, at now: Moment) {
        self.steering = steering
        self.endpoint = endpoint.info.id
        since = now
        level = endpoint.level?.level
        load = endpoint.level?.load ?? .users(endpoint.users)
        wasPaused = endpoint.phase == .paused
    }

    /// The same key again, before anything came of the first press: what becomes is told from where it began.
    func continued(by newer: Wish) -> Wish {
        guard case .adjustUsers = steering, case .adjustUsers = newer.steering, endpoint == newer.endpoint
        else {
            return newer
        }
        return self
    }

    /// nil while nothing has come of it.
    func outcome(in snapshot: Snapshot, at now: Moment) -> (text: String, isError: Bool)? {
        guard let endpoint = snapshot.endpoints.first(where: { $0.info.id == endpoint }) else { return nil }
        if let became = became(endpoint) { return (became, false) }
        if snapshot.isOver || endpoint.phase.isFinal { return ("the sweep ended before that", true) }
        return now - since > Self.patience ? ("nothing came of it: \(asked)", true) : nil
    }

    private func became(_ endpoint: EndpointSnapshot) -> String? {
        let now = endpoint.level?.load ?? .users(endpoint.users)
        let hasMoved = endpoint.level?.level != level
        switch steering {
        case .adjustUsers:
            guard now != load else { return nil }
            let step = Format.count(abs(now.amount - load.amount))
            return "\(now.words) now, \(now > load ? "+" : "-")\(step)"
        case .nextLevel: return hasMoved ? "the next level runs: \(now.words)" : nil
        case .repeatLevel: return hasMoved ? "\(now.words) run again" : nil
        case .pause: return endpoint.phase == .paused ? "the load is paused: p goes on" : nil
        case .resume: return endpoint.phase != .paused ? "the load goes on: \(now.words)" : nil
        case .stop: return nil
        }
    }

    /// What is said at once.
    var asked: String {
        switch steering {
        case .adjustUsers(let step):
            let (wanted, overflow) = (load.users ?? 0).addingReportingOverflow(step)
            return "asked for \(Load.users(overflow ? .max : max(1, wanted)).words)"
        case .nextLevel: return "asked for the next level"
        case .repeatLevel: return "asked for this level again"
        case .pause: return "asked for a pause"
        case .resume: return "asked to go on"
        case .stop: return "asked to stop"
        }
    }
}
