/// Many streams on one event loop, and many connections.
struct ScaleSection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] { [try streams(), try connections()].flatMap(\.self) }

    /// The simulator sends about 37,000 tokens/s at most on its one loop: 1,024 streams at 20 tokens/s each leave
    /// it room.
    private func streams() throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess.paced(bench.programs, tpot: "50ms")
        var sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "1024",
            dwell: bench.pick(quick: "10s", standard: "30s"))
        sweep.outputTokens = 64
        sweep.more = ["--csv", bench.scratch.file("csv")]
        let outcome = try sweep.headless()
        let level = try outcome.level(1024)
        let truth = try simulator.truth(requests: true)
        let comparison = try Comparison(
            level: level, truth: truth, requests: CSVTable(path: bench.scratch.file("csv/requests.csv")))
        return comparison.ttftTail("1,024 streams", limit: 10) + [
            .note("1,024 streams: where the error is", comparison.account),
            memory("1,024 streams: peak memory", outcome),
        ]
    }

    private func connections() throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess.paced(bench.programs, tpot: "200ms")
        var sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "4096",
            dwell: bench.pick(quick: "10s", standard: "30s"))
        sweep.outputTokens = 32
        var most = 0
        var looked = 0.0
        let outcome = try sweep.headless { child in
            guard child.seconds - looked > 2 else { return }
            looked = child.seconds
            most = max(most, (try? simulator.truth().connections) ?? 0)
        }
        let level = try outcome.level(4096)
        let finished = try simulator.truth().totals.finished
        // The one that asks is a connection too.
        let open = most - 1
        return [
            .must(
                "4,096 connections: open and served", "all, none failed",
                open >= 4096 && level.failed == 0 && finished >= 4096,
                said: "\(open) open, \(finished) requests done, \(level.failed) failed"),
            memory("4,096 connections: peak memory", outcome),
        ]
    }

    private func memory(_ name: String, _ outcome: SweepOutcome) -> Figure {
        .note(name, "\(Decimals.text(Double(outcome.usage.peakBytes) / 1e6, 1)) MB")
    }
}
