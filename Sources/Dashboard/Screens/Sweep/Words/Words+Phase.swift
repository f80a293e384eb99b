import Canvas
import Charts
import Measure

/// Short words for what goes on.
enum Words {
    /// Whole seconds, so wide that the next digit doesn't move anything.
    static func seconds(_ span: Nanoseconds) -> String {
        let seconds = max(0, span) / .second
        return (seconds < 6000 ? "\(seconds) s" : "\(seconds / 60) min").padded(to: 4)
    }

    /// What the endpoint does, and how far it is with that.
    static func phase(of endpoint: EndpointSnapshot, in snapshot: Snapshot) -> String {
        switch endpoint.phase {
        case .discovering where snapshot.session.plan?.oneAfterAnother == true: "waits for its turn"
        case .discovering: "finding out what it is"
        case .warmingUp(let since):
            "warming up \(seconds(snapshot.at - since))\(served(endpoint))"
        case .measuring(let since):
            "measuring \(seconds(snapshot.at - since))"
                + planned(snapshot.at - since, snapshot.session.plan?.sweep)
        case .between: "between levels"
        case .paused: "PAUSED"
        case .done(let end): "done: \(short(end))"
        case .failed: "FAILED"
        }
    }

    /// How far the warm-up is: the window opens when each user has had an answer.
    private static func served(_ endpoint: EndpointSnapshot) -> String {
        guard let served = endpoint.usersServed, let users = endpoint.level?.load.users, users > 0 else {
            return ""
        }
        return ", \(max(0, min(served, users))) of \(users) served"
    }

    /// How long the window is to stay open. Past its dwell it waits for the budget to be decided, or for throughput to
    /// become certain.
    private static func planned(_ elapsed: Nanoseconds, _ plan: SweepPlan?) -> String {
        guard let plan else { return "" }
        let dwell = plan.dwell
        if elapsed >= dwell + .second { return plan.budget == nil ? " until steady" : " until decided" }
        return " of " + (dwell < .second ? Format.duration(dwell) : "\(dwell / .second) s")
    }

    static func shortPhase(of endpoint: EndpointSnapshot, in snapshot: Snapshot) -> String {
        switch endpoint.phase {
        case .discovering where snapshot.session.plan?.oneAfterAnother == true: "waits"
        case .discovering: "discovery"
        case .warmingUp(let since): "warm-up \(seconds(snapshot.at - since))"
        case .measuring(let since): "measuring \(seconds(snapshot.at - since))"
        case .between: "between"
        case .paused: "PAUSED"
        case .done(.errors): "stopped: errors"
        case .done: "done"
        case .failed: "FAILED"
        }
    }

    static func role(of phase: Phase) -> ThemeRole {
        switch phase {
        case .discovering, .between, .warmingUp: .inactive
        case .measuring: .live
        case .paused: .warn
        case .done(.errors): .bad
        case .done: .good
        case .failed: .bad
        }
    }

    static func short(_ end: SweepEnd) -> String {
        switch end {
        case .planDone: "all levels run"
        case .plateau: "plateau found"
        case .overBudget: "far over budget"
        case .errors: "too many errors"
        case .stopped: "stopped"
        }
    }

    static func long(_ end: SweepEnd) -> String {
        switch end {
        case .planDone: "every level of the plan was run"
        case .plateau: "more users no longer buy more tokens"
        case .overBudget: "latency is far over the budget"
        case .errors: "more requests failed than allowed"
        case .stopped: "stopped by hand"
        }
    }

    /// "6/9", or "6" where nobody knows how many there will be.
    static func levelNumber(_ level: LevelStart) -> String {
        let number = max(0, level.level) &+ 1
        guard let planned = level.planned, planned >= number else { return "\(number)" }
        return "\(number)/\(planned)"
    }
}
