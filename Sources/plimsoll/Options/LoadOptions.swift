import ArgumentParser
import Measure
import Session

/// What load to put on the endpoints, and how long to look at each level.
struct LoadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Concurrent users, level by level, or auto: doubling until the plateau. A --budget adds levels between "
                + "them, to find the load line.", valueName: "list"))
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
            "How long a level is measured: half of it when throughput is certain to 3 % by then, twice as long when it isn't; with a budget up to four times as long, until that is decided (default: 20s).",
            valueName: "time"),
        transform: TimeSpan.parse)
    var dwell = TimeSpan.standard("20s")

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "A soak test: hold one number of --users for so long. Its figures are also shown over time, a 60th of it "
                + "or --dwell at a time.", valueName: "time"),
        transform: TimeSpan.parse)
    var soak: TimeSpan?

    @Flag(help: "Measure each level for exactly the dwell, however certain its figures are by then.")
    var exactDwell = false

    @Flag(help: "Sweep several endpoints in turn, not at the same time: for two engines on one GPU.")
    var oneAfterAnother = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How often the server's own metrics are read while a level is measured, or never: it makes them on the "
                + "threads that send tokens (default: 5s).", valueName: "time"),
        transform: ScrapeInterval.parse)
    var scrape: ScrapeInterval?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The least time before a level is measured (default: 2s); that each user has had an answer is waited "
                + "for even with 0s.", valueName: "time"),
        transform: TimeSpan.parseOrZero)
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
            shortestDwell: dwell.nanoseconds / 2,
            longestDwell: dwell.nanoseconds * (budget == nil ? 2 : 4),
            errorLimit: try Share.parse(maxErrorRate, option: "--max-error-rate"), budget: try latencyBudget()
        )
        return SessionPlan(
            workload: Workload(inputTokens: inputTokens, outputTokens: outputTokens),
            sweep: try soak.map { try Self.held(sweep, for: $0) }
                ?? (exactDwell ? sweep.withExactDwell : sweep),
            seed: seed ?? UInt64.random(in: 1...UInt64(UInt32.max)), oneAfterAnother: oneAfterAnother)
    }

    private static func held(_ sweep: SweepPlan, for time: TimeSpan) throws -> SweepPlan {
        guard case .list(let users) = sweep.levels, users.count == 1 else {
            throw ValidationError("--for holds one load: give it with one number, as in --users 32")
        }
        return sweep.held(for: time.nanoseconds)
    }

    /// nil: never.
    var scrapeInterval: Nanoseconds? { scrape.map(\.nanoseconds) ?? SessionRequest.usualScrape }

    func latencyBudget() throws -> LatencyBudget? { try BudgetOption.parse(budget) }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options = [
            "users": users, "max-users": "\(maxUsers)", "input-tokens": "\(inputTokens)",
            "output-tokens": "\(outputTokens)",
            "dwell": dwell.text, "warmup": warmup.text, "max-error-rate": maxErrorRate,
        ]
        if let budget { options["budget"] = budget }
        if let soak { options["for"] = soak.text }
        if let scrape { options["scrape"] = scrape.text }
        // Flags have no value.
        if exactDwell { options["exact-dwell"] = "" }
        if oneAfterAnother { options["one-after-another"] = "" }
        return options
    }
}
