import FoundationEssentials

/// One `plimsoll sweep` of the simulator, recorded.
struct SweepRun {
    let programs: Programs
    let scratch: Scratch
    let url: String
    var users: String
    var dwell: String
    /// Length of the answers.
    var outputTokens = 128
    var more: [String] = []
    var timeout = 300.0

    private var arguments: [String] {
        [
            "sweep", url, "--users", users, "--dwell", dwell, "--output-tokens", "\(outputTokens)", "--seed",
            "7",
            "--record", scratch.file("session.plimsoll"),
        ] + more
    }

    /// Without a screen. `tick` is called about ten times a second.
    func headless(_ tick: (Child) -> Void = { _ in }) throws(BenchError) -> SweepOutcome {
        scratch.clear()
        return try SweepOutcome(
            programs: programs, arguments: arguments + ["--headless", "--json"], timeout: timeout, tick)
    }

    /// With the dashboard on a terminal of its own; the caller serves it.
    func dashboard(columns: UInt16, rows: UInt16) throws(BenchError) -> Child {
        scratch.clear()
        return try Child(
            Launch(
                program: programs.plimsoll, arguments: arguments,
                screen: .terminal(columns: columns, rows: rows)))
    }

    /// The same to its end.
    func dashboardToEnd(columns: UInt16, rows: UInt16) throws(BenchError) -> ProcessUsage {
        let child = try dashboard(columns: columns, rows: rows)
        try child.serve(timeout: timeout)
        guard let usage = child.usage, SweepOutcome.measured.contains(usage.exit) else {
            throw BenchError(
                "\(child.launch.commandLine) ended with \(child.usage?.exit ?? 0): "
                    + String(decoding: child.traffic.tail.suffix(500), as: UTF8.self))
        }
        return usage
    }
}

/// What a sweep said, and what it used.
struct SweepOutcome {
    var endpoint: SweepDocument.Endpoint
    var usage: ProcessUsage

    /// The exit codes of a sweep that came to its end: over its budget, or undecided, it has measured all the same.
    static let measured: Set<Int32> = [0, 1, 5]

    /// Runs plimsoll to its end and reads the JSON that it prints. `tick` is called about ten times a second.
    init(
        programs: Programs, arguments: [String], timeout: Double, _ tick: (Child) -> Void = { _ in }
    ) throws(BenchError) {
        let child = try Child(Launch(program: programs.plimsoll, arguments: arguments))
        try child.serve(timeout: timeout) {
            tick($0)
            return false
        }
        guard let usage = child.usage, SweepOutcome.measured.contains(usage.exit) else {
            throw BenchError(
                "\(child.launch.commandLine) ended with \(child.usage?.exit ?? 0)\n\(child.errorText)")
        }
        do {
            let document = try JSONDecoder().decode(SweepDocument.self, from: Data(child.output))
            guard let endpoint = document.endpoints.first else { throw BenchError("no endpoint in it") }
            (self.endpoint, self.usage) = (endpoint, usage)
        } catch {
            throw BenchError("\(child.launch.commandLine): its JSON can't be read: \(error)")
        }
    }

    func level(_ users: Int) throws(BenchError) -> SweptLevel {
        guard let level = endpoint.levels.first(where: { $0.concurrency == users }) else {
            throw BenchError("the sweep has no level of \(users) users")
        }
        return level
    }
}
