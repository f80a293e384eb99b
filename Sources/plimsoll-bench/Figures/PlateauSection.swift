/// The plateau that plimsoll finds on a batching server, against the most that this server gives.
struct PlateauSection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess(bench.programs, options: ["--slots", "64"])
        let sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url,
            users: bench.pick(quick: "16,64,128,256", standard: "auto"),
            dwell: bench.pick(quick: "6s", standard: "16s"), more: ["--max-users", "512"], timeout: 600)
        let outcome = try sweep.headless()
        let truth = try simulator.truth()
        guard let found = outcome.endpoint.plateau, let ceiling = truth.ceiling else {
            return [.must("plateau", "found", false, said: "not found")]
        }
        let error = (found.throughput / ceiling - 1) * 100
        return [
            .atMost(
                3, "plateau's error", abs(error), unit: "%", digits: 2,
                said:
                    "\(Decimals.signed(error, 2)) % (\(Decimals.text(found.throughput, 0)) for \(Decimals.text(ceiling, 0)) tok/s, \(outcome.endpoint.levels.count) levels)"
            ),
            .must(
                "plateau reached", "said so", found.reached,
                said: found.reached ? "at \(found.concurrency) users" : "not said"),
        ]
    }
}
