/// CPU time a token, over whole processes with their start and their end, against a bare epoll client under the
/// same load. Tokens are those that the simulator sent in each run.
struct CostSection {
    let bench: Workbench

    private struct Round {
        var bare: Double
        var headless: Double
        var dashboard: Double
        /// Of a core, what the dashboard adds to a headless run with as many tokens.
        var drawing: Double
    }

    func run() throws(BenchError) -> [Figure] {
        var figures: [Figure] = []
        for streams in [64, 256] { figures += try run(streams: streams) }
        return figures
    }

    private func run(streams: Int) throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess.paced(bench.programs)
        var rounds: [Round] = []
        for number in 1...bench.pick(quick: 1, standard: 3) {
            let round = try round(streams, simulator)
            rounds.append(round)
            Progress.say(
                "  \(streams) streams, round \(number): bare \(micro(round.bare)), headless \(micro(round.headless)), dashboard \(micro(round.dashboard))"
            )
        }
        // Runs of one round stand under the same stars: their ratio is taken first, then the median.
        let headless = Samples.median(rounds.map { $0.headless / $0.bare })
        let dashboard = Samples.median(rounds.map { $0.dashboard / $0.bare })
        let each = Samples.median(rounds.map(\.headless)) ?? .nan
        let bare = Samples.median(rounds.map(\.bare)) ?? .nan
        let drawn = Samples.median(rounds.map(\.dashboard)) ?? .nan
        let name = "\(streams) streams: "
        return [
            .atMost(
                2, name + "CPU a token, headless, recording", headless, unit: "× bare",
                said: headless.map { "\(Decimals.text($0, 2)) × (\(micro(each)) for \(micro(bare)))" }),
            .atMost(
                2.3, name + "CPU a token, dashboard 120×40, recording", dashboard, unit: "× bare",
                said: dashboard.map { "\(Decimals.text($0, 2)) × (\(micro(drawn)) for \(micro(bare)))" }),
            .atMost(
                4, name + "CPU for drawing at 120×40",
                Samples.median(rounds.map { $0.drawing * 100 }), unit: "% of a core"),
            .note(
                name + "one core is full at",
                "\(Decimals.text(1 / each, 0)) tok/s headless (1 / CPU a token; bare: \(Decimals.text(1 / bare, 0)))"
            ),
        ]
    }

    private func round(_ streams: Int, _ simulator: SimulatorProcess) throws(BenchError) -> Round {
        let seconds = bench.pick(quick: 6.0, standard: 22.0)
        let sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "\(streams)",
            // A window closes at half its dwell when throughput is certain, and here it is.
            dwell: bench.pick(quick: "8s", standard: "40s"))

        try simulator.reset()
        let bare = try Child(
            Launch(
                program: bench.programs.epoll,
                arguments: ["\(simulator.port)", "\(streams)", "\(seconds)", "\(sweep.outputTokens)"]))
        try bare.serve(timeout: 120)
        let bareCost = try cost(bare.usage, simulator)

        try simulator.reset()
        let headless = try sweep.headless().usage
        let headlessCost = try cost(headless, simulator)

        try simulator.reset()
        let dashboard = try sweep.dashboardToEnd(columns: 120, rows: 40)
        let dashboardCost = try cost(dashboard, simulator)
        return Round(
            bare: bareCost, headless: headlessCost, dashboard: dashboardCost,
            drawing: (dashboardCost - headlessCost) * (dashboard.cpu / dashboardCost) / dashboard.wall)
    }

    /// Seconds of CPU time a token.
    private func cost(_ usage: ProcessUsage?, _ simulator: SimulatorProcess) throws(BenchError) -> Double {
        guard let usage, usage.exit == 0 else { throw BenchError("a client failed") }
        let tokens = try simulator.truth().totals.outputTokens
        guard tokens > 0 else { throw BenchError("a client read no tokens") }
        return usage.cpu / Double(tokens)
    }

    private func micro(_ seconds: Double) -> String { "\(Decimals.text(seconds * 1e6, 2)) µs" }
}
