package import Measure

/// Wall time, in UTC: the servers of one session may stand anywhere.
extension Format {
    /// `14:07:32` from nanoseconds since 1970.
    package static func clock(_ unix: Nanoseconds) -> String {
        let seconds = floored(unix, by: .second)
        return elapsed((seconds - floored(seconds, by: 86_400) * 86_400) * .second)
    }

    /// `2026-11-26`.
    package static func date(_ unix: Nanoseconds) -> String {
        // Days to a civil date: H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*.
        let days = floored(floored(unix, by: .second), by: 86_400) + 719_468
        let era = floored(days, by: 146_097)
        let day = days - era * 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let number = month < 10 ? month + 3 : month - 9
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return
            "\(year + era * 400 + (number <= 2 ? 1 : 0))-\(two(number))-\(two(ofYear - (153 * month + 2) / 5 + 1))"
    }

    static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }
}
