package import Measure

/// What was measured, when, where and by what, in lines for people.
package enum SessionText {
    package static func lines(_ snapshot: Snapshot) -> [String] {
        facts(snapshot).map { "\($0.name): \($0.text)" } + [
            "the same again: \(snapshot.session.command(for: snapshot.endpoints.map(\.info)))"
        ]
    }

    package static func facts(_ snapshot: Snapshot) -> [(name: String, text: String)] {
        let session = snapshot.session
        let start = session.started.iso(session.started.moment)
        var facts = [
            ("measured", "\(start) on \(session.host) by plimsoll \(session.version), run \(session.runID)")
        ]
        if let gpus = snapshot.gpusSeen { facts.append(("GPUs seen", gpus.text)) }
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
