package import Measure

/// What was measured, when, where and by what, in lines for people.
package enum SessionText {
    package static func lines(_ session: SessionInfo, _ endpoints: [EndpointInfo]) -> [String] {
        facts(session).map { "\($0.name): \($0.text)" } + [
            "the same again: \(session.command(for: endpoints))"
        ]
    }

    package static func facts(_ session: SessionInfo) -> [(name: String, text: String)] {
        let start = session.started.iso(session.started.moment)
        var facts = [
            ("measured", "\(start) on \(session.host) by plimsoll \(session.version), run \(session.runID)")
        ]
        if let plan = session.plan {
            let dwell = session.options["dwell"].map { ", --dwell \($0)" } ?? ""
            facts.append(
                (
                    "load",
                    "prompts of \(plan.workload.inputTokens) tokens, answers of \(plan.workload.outputTokens)\(dwell)"
                ))
            if let budget = plan.sweep.budget { facts.append(("budget", budget.words)) }
        }
        return facts
    }
}
