/// What the dashboard sends to a terminal of 160×50, and whether a slow line disturbs the measuring.
struct TerminalSection {
    let bench: Workbench

    func run() throws(BenchError) -> [Figure] { try traffic() + keys() + slowLine() }

    private func sweep(_ simulator: SimulatorProcess, _ users: String, _ more: [String]) -> SweepRun {
        SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url, users: users,
            dwell: bench.pick(quick: "4s", standard: "12s"), more: more)
    }

    private func traffic() throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess(bench.programs, options: [])
        let child = try sweep(simulator, "1,2,4,8,16,32,64,96", ["--stay"]).dashboard(columns: 160, rows: 50)
        // The end of a sweep: nothing is sent to the simulator any more. Then the last screen stays.
        var busy = 0.0
        var lastBytes = 0
        try child.serve(timeout: 300) { child in
            guard child.seconds > 5, child.seconds - busy > 0.5 else { return false }
            guard let truth = try? simulator.truth() else { return true }
            let isAtWork = truth.totals.chunks != lastBytes
            lastBytes = truth.totals.chunks
            if isAtWork { busy = child.seconds }
            return child.seconds - busy > 3
        }
        // The history of the last minute has yet to scroll away: until then something does change.
        let ended = child.seconds
        try child.serve(timeout: 400) { $0.seconds > ended + 62 }
        let quiet = child.seconds
        let stillness = bench.pick(quick: 5.0, standard: 20.0)
        try child.serve(timeout: 500) { $0.seconds > quiet + stillness }
        let scrolling = child.traffic.seconds(from: ended, to: ended + 55)
        let still = child.traffic.seconds(from: quiet, to: quiet + stillness)
        child.type("Q")
        try child.serve(timeout: child.seconds + 20)

        let moving = child.traffic.seconds(from: 0, to: busy)
        let (mean, most) = (Samples.mean(moving.map(Double.init)), moving.dropFirst().max())
        return [
            .atMost(8_000, "160×50, everything moving: bytes a second", mean, unit: "B/s", digits: 0),
            .atMost(16_000, "160×50: worst second", most.map(Double.init), unit: "B", digits: 0),
            .note(
                "160×50: first second, with the whole screen",
                "\(Decimals.text(Double(moving.first ?? 0), 0)) B"),
            .atMost(
                200, "160×50, nothing changes: bytes a second", Samples.mean(still.map(Double.init)),
                unit: "B/s",
                digits: 0),
            .note(
                "160×50, sweep over, last minute's history scrolls away",
                "\(Decimals.text(Samples.mean(scrolling.map(Double.init)) ?? 0, 0)) B/s"),
        ]
    }

    /// From the press of a key until the terminal has its effect, while 10,000 tokens/s are measured. The key is
    /// space: frozen, nothing else on the screen moves, and the word appears at once or not at all.
    private func keys() throws(BenchError) -> [Figure] {
        let presses = bench.pick(quick: 10, standard: 40)
        let simulator = try SimulatorProcess.paced(bench.programs)
        var run = sweep(simulator, "100", [])
        run.dwell = "\(presses + 20)s"
        let child = try run.dashboard(columns: 120, rows: 40)
        try child.serve(timeout: 60) { $0.traffic.shows("measuring", after: 0) }
        var delays: [Double] = []
        for press in 0..<presses {
            // At ever other moments between two frames.
            let pause = child.seconds + 0.3 + (Double(press) * 0.618).truncatingRemainder(dividingBy: 0.4)
            try child.serve(timeout: pause + 10) { $0.seconds >= pause }
            let seen = child.traffic.total
            let pressed = child.seconds
            child.type(" ")
            try child.serve(timeout: pressed + 10) { $0.traffic.shows("FROZEN", after: seen) }
            delays.append((child.seconds - pressed) * 1e3)
            child.type(" ")
        }
        child.type("Q")
        try child.serve(timeout: child.seconds + 20)
        return [
            .atMost(
                50, "a key's effect at 10,000 tok/s, the slowest of \(presses)", delays.max(), unit: "ms",
                digits: 1),
            .note(
                "a key's effect, median", "\(Decimals.text(Samples.median(delays) ?? 0, 1)) ms"),
        ]
    }

    /// The same load with a line of 9,600 bit/s and with a fast one.
    private func slowLine() throws(BenchError) -> [Figure] {
        let simulator = try SimulatorProcess.paced(bench.programs)
        func latencies(speed: Int?) throws(BenchError) -> (p50: Double, p95: Double) {
            let csv = bench.scratch.file("csv")
            let child = try sweep(simulator, "64", ["--csv", csv]).dashboard(columns: 120, rows: 40)
            child.terminalSpeed = speed
            try child.serve(timeout: 120)
            let levels = try CSVTable(path: csv + "/levels.csv")
            guard levels.count > 0, let p50 = levels.number("median_ttft_ms", row: 0),
                let p95 = levels.number("p95_ttft_ms", row: 0)
            else { throw BenchError("no level was measured") }
            return (p50, p95)
        }
        var differences: [(p50: Double, p95: Double)] = []
        for _ in 0..<bench.pick(quick: 1, standard: 3) {
            let fast = try latencies(speed: nil)
            let slow = try latencies(speed: 960)
            differences.append((slow.p50 - fast.p50, slow.p95 - fast.p95))
        }
        return [
            .atMost(
                0.2, "line of 960 B/s: TTFT p50 longer by", Samples.median(differences.map(\.p50)),
                unit: "ms",
                digits: 3),
            .atMost(
                0.5, "line of 960 B/s: TTFT p95 longer by", Samples.median(differences.map(\.p95)),
                unit: "ms",
                digits: 3),
        ]
    }
}
