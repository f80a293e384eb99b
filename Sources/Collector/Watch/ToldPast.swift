import Measure
import Telemetry

/// A server's past: its figures, and what stood against it.
struct ToldPast: ServerPast {
    var history: ServerHistory
    var log: StandingLog
    var line: RecordedLine?

    func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)] {
        history.course(since: moment, engine: engine)
    }

    func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? {
        history.figures(overLast: span, at: moment, engine: engine)
    }

    func standing(at moment: Moment, budget: LatencyBudget?) -> ServerStanding {
        var standing = ServerStanding(of: self, at: moment, budget: budget)
        guard let entry = log.entry(at: moment) else { return standing }
        standing.status = entry.status
        guard var facts = standing.facts else { return standing }
        func over(_ seconds: Int64) -> ServerFigures {
            figures(overLast: seconds * .second, at: moment, engine: nil) ?? facts.minute
        }
        if !entry.findings.isEmpty {
            facts.fiveMinutes = over(300)
            facts.quarterHour = over(900)
            facts.hour = over(3_600)
        }
        let engines = history.engines
        if engines.count > 1 {
            facts.engines = engines.map { Shown(recorded: $0) }
            facts.apart = Apart.among(
                engines.compactMap { figures(overLast: 60 * .second, at: moment, engine: $0) })
        }
        standing.loadLine = line.map { LineBeside($0, beside: facts) }
        if standing.loadLine?.share != nil { facts.loadLine = line.map { Double($0.users) } }
        standing.facts = facts
        standing.findings = entry.findings.map { diagnosis, since in
            Finding(diagnosis: diagnosis, since: since, sentence: diagnosis.sentence(facts))
        }
        return standing
    }
}
