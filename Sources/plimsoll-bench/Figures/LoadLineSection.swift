/// The load line of a server whose TTFT grows by half a second at a known number of users.
struct LoadLineSection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] {
        var figures: [Figure] = []
        for step in bench.pick(quick: [23], standard: [7, 23, 58]) {
            let simulator = try SimulatorProcess(
                bench.programs,
                options: [
                    "--paced-ttft", "50ms", "--paced-tpot", "10ms", "--ttft-step-users", "\(step)",
                    "--ttft-step", "500ms",
                ])
            var sweep = SweepRun(
                programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "auto",
                dwell: bench.pick(quick: "4s", standard: "8s"))
            sweep.outputTokens = 16
            sweep.more = ["--budget", "ttft:p95<300ms", "--max-users", "128"]
            let outcome = try sweep.headless()
            let found = outcome.endpoint.loadLine?.concurrency
            figures.append(
                .must(
                    "load line, latency steps at \(step) users", "\(step - 1) users", found == step - 1,
                    said: found.map { "\($0) users, \(outcome.endpoint.levels.count) levels" } ?? "none"))
        }
        return figures
    }
}
