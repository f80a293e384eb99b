import Charts
import Measure

/// How long it will take until the sweep's end, as far as the plan says: the levels that are to come, each as long as the
/// last ones took; of endpoints that are swept one after another those of the others, too.
struct RemainingTime {
    let text: String

    /// nil where nothing runs, or nobody knows how much is to come.
    init?(_ endpoint: EndpointSnapshot, _ snapshot: Snapshot) {
        guard let plan = snapshot.session.plan?.sweep, let level = endpoint.level, !snapshot.ended else {
            return nil
        }
        let each = Self.each(endpoint, plan)
        let left: Nanoseconds
        switch endpoint.phase {
        case .warmingUp(let since): left = each - (snapshot.at - since)
        case .measuring(let since): left = plan.dwell - (snapshot.at - since)
        case .between: left = 0
        case .discovering, .paused, .done, .failed: return nil
        }
        // What is beyond its time ends at any moment.
        guard let (count, isMost) = Self.levels(after: level, endpoint, plan) else { return nil }
        let others = Self.waiting(behind: endpoint, snapshot, plan)
        let (rest, overflow) = each.multipliedReportingOverflow(by: Nanoseconds(count + others.count))
        guard !overflow, rest < 1_000_000 * .second else { return nil }
        text = (isMost || others.isMost ? "≤ " : "~") + Self.rounded(max(.second, max(0, left) + rest))
    }

    /// The plan's own, or while the plan is one of doubling at most as many as there may be.
    private static func levels(
        after level: LevelStart, _ endpoint: EndpointSnapshot, _ plan: SweepPlan
    ) -> (count: Int, isMost: Bool)? {
        if let line = endpoint.loadLine, let held = line.load.users, let broken = line.brokenAt?.users,
            plan.bisects, broken > held
        {
            return (doublings(from: 1, to: broken - held), true)
        }
        let number = max(0, level.level)
        if let planned = level.planned, planned > number { return (planned - number - 1, false) }
        guard case .automatic(let limit) = plan.levels, let users = level.load.users, limit >= users else {
            return nil
        }
        return (doublings(from: users, to: limit), true)
    }

    /// The levels of the endpoints whose turn comes after this one's: as many as the plan names, or at most may have.
    private static func waiting(
        behind endpoint: EndpointSnapshot, _ snapshot: Snapshot, _ plan: SweepPlan
    ) -> (count: Int, isMost: Bool) {
        guard snapshot.session.plan?.oneAfterAnother == true else { return (0, false) }
        let waiting = snapshot.endpoints.count { $0.info.id != endpoint.info.id && $0.phase == .discovering }
        guard waiting > 0 else { return (0, false) }
        return switch plan.levels {
        case .list(let loads): (waiting * loads.count, false)
        case .automatic(let limit): (waiting * (doublings(from: 1, to: limit) + 1), true)
        }
    }

    private static func doublings(from: Int, to: Int) -> Int {
        var count = 0
        var users = max(1, from)
        while users < to, count < 62 {
            users = users.multipliedReportingOverflow(by: 2).partialValue
            count += 1
        }
        return count
    }

    /// From the end of a window to the end of the next one.
    private static func each(_ endpoint: EndpointSnapshot, _ plan: SweepPlan) -> Nanoseconds {
        let ends = endpoint.levels.suffix(4).map(\.windowEnd)
        let spans = zip(ends, ends.dropFirst()).map {
            $1.nanoseconds.subtractingReportingOverflow($0.nanoseconds)
        }
        .filter { !$0.overflow && $0.partialValue > 0 }.map(\.partialValue)
        guard let longest = spans.max() else { return plan.warmUp + plan.dwell }
        return longest
    }

    private static func rounded(_ span: Nanoseconds) -> String {
        switch span / .second {
        case ..<100: "\((span + .second - 1) / .second) s"
        case ..<5400: "\((span + 59 * .second) / (60 * .second)) min"
        default: Format.duration(span)
        }
    }
}
