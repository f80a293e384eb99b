/// What is resident: the most at 256 streams, and whether it grows at 10,000 tokens/s.
struct MemorySection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] { [try peak(), try growth()] }

    private func peak() throws(BenchError) -> Figure {
        let simulator = try SimulatorProcess.paced(bench.programs)
        let sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "256",
            dwell: bench.pick(quick: "8s", standard: "40s"))
        let outcome = try sweep.headless()
        return .atMost(
            60, "256 streams: peak memory", Double(outcome.usage.peakBytes) / 1e6, unit: "MB", digits: 1)
    }

    private func growth() throws(BenchError) -> Figure {
        // 104 streams of 97 tokens/s: with 128 tokens an answer, 50 ms in 1,320 go by before the first one.
        let (early, late, dwell): (Double, Double, String) =
            switch bench.length {
            case .quick: (10, 20, "40s")
            case .standard: (60, 120, "240s")
            case .long: (60, 600, "1200s")
            }
        let simulator = try SimulatorProcess.paced(bench.programs)
        var sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "104", dwell: dwell)
        sweep.timeout = 1_500
        // Middles of several looks: memory breathes with the batches.
        var before: [Double] = []
        var after: [Double] = []
        let outcome = try sweep.headless { child in
            if abs(child.seconds - early) < 2 { before.append(Double(child.residentBytes())) }
            if abs(child.seconds - late) < 2 { after.append(Double(child.residentBytes())) }
        }
        guard let first = Samples.median(before), let second = Samples.median(after) else {
            throw BenchError("the run of \(Int(outcome.usage.wall)) s was too short to see memory grow")
        }
        let rate = try outcome.level(104).throughput ?? 0
        let grown = (second - first) / 1e6
        let when = "\(Int(late)) s against \(Int(early)) s"
        return .atMost(
            2, "memory's growth at \(Decimals.text(rate, 0)) tok/s, \(when)", grown, unit: "MB", digits: 2,
            said:
                "\(Decimals.signed(grown, 2)) MB (\(Decimals.text(first / 1e6, 1)) → \(Decimals.text(second / 1e6, 1)))"
        )
    }
}
