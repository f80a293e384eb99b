import Measure

/// When a window closes.
///
/// Where a budget asks, it is looked at three times and no oftener: at the dwell's end, at twice and at four times the
/// dwell. Each look has its chance of being wrong, so that whoever looks all the time finds what isn't there. Without
/// one it closes as soon as throughput is certain.
struct DwellRule: Hashable, Sendable {
    let usual: Nanoseconds
    let shortest: Nanoseconds
    let longest: Nanoseconds
    let tightness: Double
    /// When the budget is looked at; empty without one.
    let looks: [Nanoseconds]

    init(plan: SweepPlan) {
        usual = max(0, plan.dwell)
        longest = max(plan.longestDwell, usual)
        tightness = plan.tightness
        if plan.budget == nil {
            shortest = min(max(0, plan.shortestDwell), usual)
            looks = []
        } else {
            shortest = usual
            let (usual, longest) = (usual, longest)
            looks = [1, 2, 4].map { usual.multipliedReportingOverflow(by: $0).partialValue }
                .filter { $0 >= usual && $0 <= longest }
        }
    }

    /// Without a budget.
    func closes(after elapsed: Nanoseconds, _ throughput: Estimate) -> Bool {
        if elapsed >= longest { return true }
        guard elapsed >= shortest else { return false }
        guard let width = throughput.relativeHalfWidth else { return elapsed >= usual }
        return width < tightness
    }

    /// At a look, from 0.
    ///
    /// For throughput it stays open for twice the dwell at most; and not at all for a budget that can't be decided by
    /// the last look either.
    func closes(atLook look: Int, _ throughput: Estimate, _ findings: [LimitFinding]) -> Bool {
        guard look + 1 < looks.count else { return true }
        if findings.verdict == .undecided {
            let left = Double(looks[looks.count - 1]) / Double(max(1, looks[look]))
            return !findings.filter { $0.verdict == .undecided }
                .allSatisfy { $0.evidence.canDecide($0.limit, after: left) }
        }
        guard look == 0, let width = throughput.relativeHalfWidth else { return true }
        return width < tightness
    }
}
