import Measure

/// What a recording says of load lines: a sweep's plan, its endpoints and its levels.
struct RecordedSweep: Sendable {
    let session: SessionInfo
    let endpoints: [EndpointInfo]
    let levels: [LevelResult]

    /// One of each endpoint that has one; none without a budget.
    var lines: [MeasuredLine] {
        guard let plan = session.plan, let budget = plan.sweep.budget else { return [] }
        return endpoints.compactMap { endpoint in
            let own = levels.filter { $0.endpoint == endpoint.id }
            guard let line = LoadStandings(own).line, let users = line.load.users else { return nil }
            let lengths = MeanLengths(of: own.filter { $0.load == line.load }, else: plan.workload)
            return MeasuredLine(
                line: RecordedLine(
                    users: users, isLowerBound: line.isOpen, tokensPerSecond: line.throughput,
                    budget: budget.text, model: endpoint.model, server: endpoint.server,
                    url: endpoint.url.text,
                    measured: session.started.unixNanoseconds, runID: session.runID,
                    inputTokens: lengths.input, outputTokens: lengths.output, isOfSameURL: false),
                version: endpoint.version, place: ServerPlace(endpoint.url.text, saidOn: session.host),
                isOfDemo: session.command == "demo")
        }
    }
}

/// A load line, with what tells whose it is.
struct MeasuredLine: Sendable {
    var line: RecordedLine
    var version: Shown?
    var place: ServerPlace?
    /// A simulated server's, which is gone.
    var isOfDemo: Bool
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
