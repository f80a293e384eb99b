package import Measure

extension LineBeside {
    /// "46 of 64 users, 71 % of the load line measured on Tuesday 14:02 UTC"; where they can't be held against each
    /// other, both with their lengths: one wording for the screen, JSON's verdicts and the summary.
    ///
    /// - Parameter now: in nanoseconds since 1970.
    package func words(at now: Nanoseconds) -> String {
        let bound = line.isLowerBound ? "≥ " : ""
        let measured = "measured on \(Format.day(line.measured, at: now))" + origin
        if let load, let share {
            let limit = line.isLowerBound ? "at most " : ""
            return
                "\(Self.users(load)) of \(bound)\(Format.grouped(line.users)) users, \(limit)\(Format.percent(share)) of the load line \(measured)"
        }
        return
            "load line \(bound)\(Format.users(line.users)), \(measured) with \(Self.lengths(line.inputTokens, line.outputTokens)); \(traffic)"
    }

    /// Whose it is, where it isn't the server's own.
    private var origin: String { line.isOfSameURL ? "" : " of \(line.url)" }

    /// Of a few, a whole number would contradict the share.
    package static func users(_ load: Double) -> String {
        let tenths = (load * 10).rounded() / 10
        return tenths < 10 && tenths != tenths.rounded() ? "\(tenths)" : Format.grouped(load)
    }

    /// Why there is no share.
    private var traffic: String {
        guard let inputTokens, let outputTokens else { return "today's lengths are unknown" }
        guard isOfSameLengths else { return "today's traffic has \(Self.lengths(inputTokens, outputTokens))" }
        return "how many requests there are now is unknown"
    }

    private static func lengths(_ input: Double, _ output: Double) -> String {
        "\(Format.grouped(input)) tokens in and \(Format.grouped(output)) out"
    }
}

extension Format {
    /// When something was, in words: "Tuesday 14:02 UTC" in the last week, else "2026-11-26 14:02 UTC".
    ///
    /// - Parameters: both in nanoseconds since 1970.
    package static func day(_ unix: Nanoseconds, at now: Nanoseconds) -> String {
        let clock = clock(unix).dropLast(3)
        // Six whole days: on the seventh, today's name would mean two days.
        let (age, isFar) = now.subtractingReportingOverflow(unix)
        let isNear = !isFar && (0..<6 * 86_400 * .second).contains(age)
        return "\(isNear ? weekday(unix) : date(unix)) \(clock) UTC"
    }

    private static let weekdays = [
        "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
    ]

    /// 1970 began on a Thursday.
    private static func weekday(_ unix: Nanoseconds) -> String {
        let days = floored(floored(unix, by: .second), by: 86_400)
        return weekdays[Int(days - floored(days, by: 7) * 7)]
    }
}
