/// What plimsoll says against what the simulator did in the same window.
struct AccuracySection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] {
        var figures: [Figure] = []
        for streams in [1, 16, 64, 256] { figures += try run(streams: streams) }
        return figures
    }

    private func run(streams: Int) throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess.paced(bench.programs)
        var sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: "\(streams)",
            dwell: bench.pick(quick: streams > 16 ? "8s" : "16s", standard: "40s"))
        // p99 wants a hundred requests: short answers and the whole dwell where there are few streams.
        sweep.outputTokens = streams == 1 ? bench.pick(quick: 8, standard: 32) : 128
        sweep.more = ["--exact-dwell", "--csv", bench.scratch.file("csv")]
        let level = try sweep.headless().level(streams)
        let comparison = try Comparison(
            level: level, truth: simulator.truth(requests: true),
            requests: CSVTable(path: bench.scratch.file("csv/requests.csv")))
        return comparison.figures(streams == 1 ? "1 stream" : "\(streams) streams")
    }
}
