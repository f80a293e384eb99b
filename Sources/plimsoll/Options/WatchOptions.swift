import ArgumentParser
import Measure

/// What is looked at, how often and for how long.
struct WatchOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How often the pages are read: 200ms to 1h (default: 1s).", valueName: "time"),
        transform: TimeSpan.parse)
    var interval = TimeSpan.standard("1s")

    @Option(
        name: .customLong("for"), parsing: .unconditional,
        help: ArgumentHelp("How long; until q or ^C, if not given.", valueName: "time"),
        transform: TimeSpan.parse)
    var duration: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "The latency that must hold over the last minute, for example 'ttft:p95<900ms,tpot:p95<100ms'.",
            valueName: "limits"))
    var budget: String?

    @Option(
        help: ArgumentHelp(
            "The recording of the sweep whose load line is shown; the newest of the same server, if not given.",
            valueName: "file"))
    var line: String?

    @Flag(
        help:
            "Look twice, a second apart (with --budget: ten), print how things stand, and end: a health check by its exit code."
    )
    var once = false

    @Flag(help: "Leave this machine's GPUs alone.")
    var noGpu = false

    @Flag(help: "Look at the URLs that are given only. (With a URL that is so anyway.)")
    var noDiscover = false

    private static let intervals = 200 * Nanoseconds.millisecond...3_600 * Nanoseconds.second

    func validate() throws {
        guard Self.intervals.contains(interval.nanoseconds) else {
            throw ValidationError("--interval \(interval.text) is not from 200ms to 1h")
        }
        _ = try plan()
    }

    func plan() throws -> WatchPlan {
        WatchPlan(
            interval: interval.nanoseconds, duration: duration?.nanoseconds,
            budget: try BudgetOption.parse(budget))
    }

    /// For the recording: as one would type them.
    var recorded: [String: String] {
        var options = ["interval": interval.text]
        if let duration { options["for"] = duration.text }
        if let budget { options["budget"] = budget }
        // Flags have no value.
        if let line { options["line"] = line }
        if once { options["once"] = "" }
        if noGpu { options["no-gpu"] = "" }
        return options
    }
}

/// `ttft:p95<900ms,tpot:p95<100ms`.
enum BudgetOption {
    static func parse(_ text: String?) throws(ValidationError) -> LatencyBudget? {
        guard let text else { return nil }
        do { return try LatencyBudget(parsing: text) } catch { throw ValidationError("--budget: \(error)") }
    }
}
