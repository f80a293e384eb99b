/// Warnings that a sound run on an idle machine must not carry: a flag that is always up is read by nobody.
struct FlagsSection {
    let bench: Workbench

    /// Each with what levels.csv calls it.
    private static let unwanted: [(name: String, column: String)] = [
        ("client-bound", "trust_client_bound"), ("users-idle", "trust_users_idle"),
    ]

    func run() throws(BenchError) -> [Figure] {
        bench.scratch.clear()
        let demo = try SweepOutcome(
            programs: bench.programs,
            arguments: ["demo", "--headless", "--json"] + recorded, timeout: 180)
        var figures = try figures("demo", demo.endpoint.levels)
        let simulator = try SimulatorProcess.paced(bench.programs)
        var sweep = SweepRun(
            programs: bench.programs, scratch: bench.scratch, url: simulator.url,
            users: bench.pick(quick: "4,64", standard: "1,4,16,64,128"),
            dwell: bench.pick(quick: "4s", standard: "10s"))
        sweep.outputTokens = 32
        sweep.more = ["--csv", bench.scratch.file("csv")]
        figures += try self.figures("paced", try sweep.headless().endpoint.levels)
        return figures
    }

    private var recorded: [String] {
        ["--record", bench.scratch.file("session.plimsoll"), "--csv", bench.scratch.file("csv")]
    }

    private func figures(_ name: String, _ levels: [SweptLevel]) throws(BenchError) -> [Figure] {
        let known = try CSVTable(path: bench.scratch.file("csv/levels.csv"))
        var figures = Self.unwanted.map { flag in
            let title = "\(name): levels that say \(flag.name)"
            let target = "none of \(levels.count)"
            // What a program has no word for, it can't be silent about.
            guard known.has(flag.column), levels.allSatisfy({ $0.trust != nil }) else {
                return Figure.must(title, target, false, said: "this plimsoll knows no such flag")
            }
            let raised = levels.filter { $0.trust?.contains(flag.name) == true }
            let users = raised.map { "\($0.concurrency)" }.joined(separator: ", ")
            return .must(
                title, target, raised.isEmpty && !levels.isEmpty,
                said: raised.isEmpty ? "none" : "\(raised.count), at \(users) users")
        }
        let others = Set(levels.flatMap { $0.trust ?? [] }).subtracting(Self.unwanted.map(\.name))
        figures.append(
            .note(
                "\(name): other warnings",
                others.isEmpty
                    ? "none"
                    : others.sorted().map { flag in
                        "\(flag) at \(levels.count { $0.trust?.contains(flag) == true })"
                    }.joined(separator: ", ")))
        return figures
    }
}
