import Glibc
import System

/// What a watch of eight servers under load and of eight GPUs costs, at 120×40, a look a second.
struct WatchSection {
    let bench: Workbench

    private static let servers = 8
    /// As many as vLLM's page has with two engines; theirs are counted in the run.
    private static let leastSeries = 650
    /// What starting costs is over by then.
    private static let settled = 5.0

    func run() throws(BenchError) -> [Figure] {
        var simulators: [SimulatorProcess] = []
        for _ in 0..<Self.servers {
            simulators.append(
                try SimulatorProcess(bench.programs, options: ["--engines", "2", "--step", "20ms"]))
        }
        let load = try Child(
            Launch(
                program: bench.programs.plimsoll,
                arguments: ["sweep"] + simulators.map(\.url) + [
                    "--users", "4", "--for", "1h", "--headless", "--no-record", "--seed", "7",
                ]))
        defer { load.signal(SIGKILL) }
        for simulator in simulators {
            while try simulator.truth().totals.chunks == 0 { try load.serve(timeout: 60) { _ in true } }
        }
        let series = try Self.series(of: simulators[0])
        return [
            .must(
                "watch: series on each of \(Self.servers) pages", "≥ \(Self.leastSeries)",
                series >= Self.leastSeries,
                said: "\(series)")
        ] + (try watch(simulators.map(\.url)))
    }

    private static func series(of simulator: SimulatorProcess) throws(BenchError) -> Int {
        String(decoding: try LocalHTTP.get("/metrics", port: simulator.port), as: UTF8.self)
            .split(separator: "\n").count { !$0.hasPrefix("#") }
    }

    private func watch(_ urls: [String]) throws(BenchError) -> [Figure] {
        let recording = bench.scratch.file("watch.plimsoll")
        bench.scratch.clear()
        let environment = try standInGPUs()
        // What stands in every recording once: names of series.
        let start = try beginning(urls, environment)
        let child = try Child(
            Launch(
                program: bench.programs.plimsoll, arguments: ["watch"] + urls + ["--record", recording],
                screen: .terminal(columns: 120, rows: 40), environment: environment))
        defer { child.signal(SIGKILL) }
        try child.serve(timeout: 60) { $0.traffic.shows("vLLM", after: 0) }
        let first = child.seconds
        try child.serve(timeout: 120) { $0.seconds > first + Self.settled }

        let begin = (at: child.seconds, cpu: child.cpuSeconds() ?? .nan)
        let length = bench.pick(quick: 15.0, standard: 120.0)
        try child.serve(timeout: begin.at + length + 60) { $0.seconds > begin.at + length }
        let end = (at: child.seconds, cpu: child.cpuSeconds() ?? .nan)
        let resident = Double(child.residentBytes()) / 1e6
        let sent = child.traffic.seconds(from: begin.at, to: end.at).map(Double.init)
        child.type("Q")
        try child.serve(timeout: child.seconds + 30)

        let span = end.at - begin.at
        let hour = (Double(size(recording)) - start.size) / (child.seconds - start.seconds) * 3_600 / 1e6
        let opening = try opening(recording)
        return [
            .atMost(
                4, "watch: CPU (aim: 2 %)", (end.cpu - begin.cpu) / span * 100, unit: "% of a core"),
            .atMost(60, "watch: memory that is resident (aim: 40 MB)", resident, unit: "MB", digits: 1),
            .atMost(2_000, "watch at 120×40: bytes a second", Samples.mean(sent), unit: "B/s", digits: 0),
            .atMost(2, "watch: first figures after", first, unit: "s"),
            .atMost(
                40, "watch: an hour's recording, from \(Decimals.text(span, 0)) s of it", hour, unit: "MB",
                digits: 1),
            .atMost(1, "watch: its recording of \(Decimals.text(end.at, 0)) s opens in", opening, unit: "s"),
        ]
    }

    /// From the start of `replay` until the screen shows what was watched.
    private func opening(_ recording: String) throws(BenchError) -> Double {
        let child = try Child(
            Launch(
                program: bench.programs.plimsoll, arguments: ["replay", recording],
                screen: .terminal(columns: 120, rows: 40)))
        defer { child.signal(SIGKILL) }
        try child.serve(timeout: 60) { $0.traffic.shows("vLLM", after: 0) }
        let opened = child.seconds
        child.type("Q")
        try child.serve(timeout: opened + 30)
        return opened
    }

    /// A short one's size, and how long it was.
    private func beginning(
        _ urls: [String], _ environment: [String: String]
    ) throws(BenchError) -> (seconds: Double, size: Double) {
        let recording = bench.scratch.file("short.plimsoll")
        let child = try Child(
            Launch(
                program: bench.programs.plimsoll,
                arguments: ["watch"] + urls + ["--record", recording, "--headless", "--for", "5s"],
                environment: environment))
        defer { child.signal(SIGKILL) }
        try child.serve(timeout: 60)
        return (child.seconds, Double(size(recording)))
    }

    private func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// A folder with a library that calls itself NVIDIA's.
    private func standInGPUs() throws(BenchError) -> [String: String] {
        let library = bench.scratch.file("libnvidia-ml.so.1")
        guard symlink(bench.programs.fakeNVML, library) == 0 else { throw .system(library) }
        return ["LD_LIBRARY_PATH": bench.scratch.path, "FAKE_NVML_GPUS": "8"]
    }
}
