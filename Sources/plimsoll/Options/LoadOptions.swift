import ArgumentParser
import Measure

/// What load to put on the endpoints, and how long to look at each level.
struct LoadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Concurrent users, level by level, or auto: doubling until the plateau.", valueName: "list"))
    var users = "auto"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most users that auto and the search for the load line go to.", valueName: "n")
    )
    var maxUsers = 1024

    @Option(parsing: .unconditional, help: ArgumentHelp("Length of each prompt.", valueName: "n"))
    var inputTokens = 128

    @Option(parsing: .unconditional, help: ArgumentHelp("Length of each answer.", valueName: "n"))
    var outputTokens = 128

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a level is measured: half of it when throughput is certain to 3 % by then, twice as long when it isn't (default: 20s).",
            valueName: "time"),
        transform: TimeSpan.parse)
    var dwell = TimeSpan.standard("20s")

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The least time before a level is measured (default: 2s).", valueName: "time"),
        transform: TimeSpan.parse)
    var warmup = TimeSpan.standard("2s")

    @Option(
        help: ArgumentHelp(
            "The latency that must hold, for example 'ttft:p95<900ms,tpot:p95<100ms' or mlperf:llama3.1-8b-interactive.",
            valueName: "limits"))
    var budget: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Stop when more requests than this fail.", valueName: "share"))
    var maxErrorRate = "5%"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("For the prompts; the same prompts for the same seed.", valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        _ = try plan()
        guard (1...1_000_000).contains(inputTokens) else {
            throw ValidationError("--input-tokens \(inputTokens) is not from 1 to 1000000")
        }
        guard (1...1_000_000).contains(outputTokens) else {
            throw ValidationError("--output-tokens \(outputTokens) is not from 1 to 1000000")
        }
        guard (1...UserList.most).contains(maxUsers) else {
            throw ValidationError("--max-users \(maxUsers) is not from 1 to \(UserList.most)")
        }
    }

    func plan() throws -> SessionPlan {
        let levels: SweepPlan.Levels =
            switch try UserList(parsing: users) {
            case .automatic: .automatic(limit: maxUsers)
            case .list(let list): .list(list)
            }
        let sweep = SweepPlan(
            levels: levels, dwell: dwell.nanoseconds, warmUp: warmup.nanoseconds,
            shortestDwell: dwell.nanoseconds / 2, longestDwell: dwell.nanoseconds * 2,
            errorLimit: try Share.parse(maxErrorRate, option: "--max-error-rate"), budget: try latencyBudget()
        )
        return SessionPlan(
            workload: Workload(inputTokens: inputTokens, outputTokens: outputTokens), sweep: sweep,
            seed: seed ?? UInt64.random(in: 1...UInt64(UInt32.max)))
    }

    func latencyBudget() throws -> LatencyBudget? {
        guard let budget else { return nil }
        do { return try LatencyBudget(parsing: budget) } catch { throw ValidationError("--budget: \(error)") }
    }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options = [
            "users": users, "max-users": "\(maxUsers)", "input-tokens": "\(inputTokens)",
            "output-tokens": "\(outputTokens)",
            "dwell": dwell.text, "warmup": warmup.text, "max-error-rate": maxErrorRate,
        ]
        if let budget { options["budget"] = budget }
        return options
    }
}
