import Measure

/// A recorded sweep with a budget, without its levels: what tells whose load lines it has.
struct RecordedSweep: Sendable {
    /// One of its endpoints.
    struct Endpoint: Sendable {
        let info: EndpointInfo
        let place: ServerPlace?
    }

    let session: SessionInfo
    let endpoints: [Endpoint]
    private let workload: Workload
    private let budget: LatencyBudget

    /// nil without a budget.
    init?(_ session: SessionInfo, _ endpoints: [EndpointInfo]) {
        guard let plan = session.plan, let budget = plan.sweep.budget else { return nil }
        self.session = session
        self.endpoints = endpoints.map {
            Endpoint(info: $0, place: ServerPlace($0.url.text, saidOn: session.host))
        }
        self.budget = budget
        workload = plan.workload
    }

    /// One of each endpoint that has one.
    func lines(in levels: [LevelResult]) -> [EndpointID: RecordedLine] {
        var lines: [EndpointID: RecordedLine] = [:]
        for endpoint in endpoints.map(\.info) {
            let own = levels.filter { $0.endpoint == endpoint.id }
            guard let line = LoadStandings(own).line, let users = line.load.users else { continue }
            let lengths = MeanLengths(of: own.filter { $0.load == line.load }, else: workload)
            lines[endpoint.id] = RecordedLine(
                users: users, isLowerBound: line.isOpen, tokensPerSecond: line.throughput,
                budget: budget.text, model: endpoint.model, server: endpoint.server, url: endpoint.url.text,
                measured: session.started.unixNanoseconds, runID: session.runID,
                inputTokens: lengths.input, outputTokens: lengths.output, isOfSameURL: false)
        }
        return lines
    }
}

/// What prompts and answers had on average: as they came, where that was counted; else as they were asked for.
private struct MeanLengths {
    let input: Double
    let output: Double

    init(of levels: [LevelResult], else workload: Workload) {
        // Old files don't say how many requests' prompts were counted.
        let said = levels.filter { $0.inputTokens > 0 }
        input =
            Self.mean(said.map { ($0.inputTokens, $0.inputsSaid ?? $0.completed) })
            ?? Double(workload.inputTokens)
        output = Self.mean(levels.map { ($0.outputTokens, $0.completed) }) ?? Double(workload.outputTokens)
    }

    private static func mean(_ parts: [(tokens: Int, requests: Int)]) -> Double? {
        let tokens = parts.reduce(0) { $0 + Double($1.tokens) }
        let requests = parts.reduce(0) { $0 + Double($1.requests) }
        return tokens > 0 && requests > 0 ? tokens / requests : nil
    }
}
