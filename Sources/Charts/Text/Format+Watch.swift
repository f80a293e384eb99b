package import Measure

/// What servers say of themselves, with the doubt that's in it.
extension Format {
    /// `~840 ms`, a guess inside a bucket; `≥10 s`, where it lies in the last one.
    package static func quantile(_ quantile: BucketQuantile?) -> String {
        guard let quantile, quantile.value.isFinite else { return unknown }
        return (quantile.isAtLeast ? "≥" : "~") + duration(quantile.value)
    }

    /// `61 %`, or `58–61 %` where the buckets tell no more.
    package static func bracket(_ share: ClosedRange<Double>?) -> String {
        guard let share, share.lowerBound.isFinite, share.upperBound.isFinite else { return unknown }
        // Half a percent is what is rounded away from either end.
        let (low, high) = (whole(share.lowerBound), whole(share.upperBound))
        return low == high ? "\(high) %" : "\(low)–\(high) %"
    }

    /// `71 %`: to the percent, so that a figure that trembles keeps its width.
    package static func wholePercent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        return whole(share) + " %"
    }

    private static func whole(_ share: Double) -> String { group(fixed(share * 100, 0)) }

    /// `Tuesday 14:02` within the last days, else `2026-11-19 14:02`.
    package static func day(_ unix: Nanoseconds, seenFrom now: Nanoseconds) -> String {
        let minute = clock(unix).prefix(5)
        let week = 6 * 86_400 * Nanoseconds.second
        let (age, isFar) = now.subtractingReportingOverflow(unix)
        guard !isFar, (0..<week).contains(age) else { return "\(date(unix)) \(minute)" }
        let names = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
        return "\(names[Int(unix / (86_400 * .second) % 7)]) \(minute)"
    }
}

/// A load line beside the traffic, in words: one wording for the screen and for what is printed.
package struct LineBesideText: Hashable, Sendable {
    /// "46 of 64 users, 71 % of the load line measured on Tuesday 14:02".
    package var long: String
    /// "46 of 64 users, 71 %".
    package var short: String

    /// - Parameter now: by the calendar.
    package init(_ beside: LineBeside, now: Nanoseconds) {
        let line = beside.line
        let users = (line.isLowerBound ? "≥ " : "") + Format.users(line.users)
        let measured = "measured on \(Format.day(line.measured, seenFrom: now))"
        let load = Format.grouped(beside.load)
        if let share = beside.share {
            let most = line.isLowerBound ? "at most " : ""
            short = "\(load) of \(users), \(most)\(Format.wholePercent(share))"
            long = "\(short) of the load line \(measured)"
            return
        }
        short = "load line \(users), no share"
        let its = Self.lengths(line.inputTokens, line.outputTokens)
        let reason =
            if beside.inputTokens == nil || beside.outputTokens == nil {
                "the traffic's lengths aren't known"
            } else if beside.load == nil {
                "how many users there are isn't known"
            } else {
                "the traffic has \(Self.lengths(beside.inputTokens, beside.outputTokens))"
            }
        long = "load line \(users) with \(its), \(measured): \(reason), so there is no share"
    }

    private static func lengths(_ input: Double?, _ output: Double?) -> String {
        "\(Format.grouped(input)) in \(Format.grouped(output)) out"
    }
}
