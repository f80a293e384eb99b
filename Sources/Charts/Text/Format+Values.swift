package import Measure

extension Format {
    /// `850 µs`, `9.8 ms`, `61 ms`, `1.24 s`, `12.4 s`, `320 s`, `20.5 min`, `2.50 h` from nanoseconds; "–"
    /// for nil, NaN and infinity.
    package static func duration(_ nanoseconds: Double?) -> String {
        guard let nanoseconds, nanoseconds.isFinite else { return unknown }
        let magnitude = abs(nanoseconds)
        switch magnitude {
        case 0: return "0 ms"
        case ..<999.5: return fixed(nanoseconds, 0) + " ns"
        case ..<999.5e3: return fixed(nanoseconds / 1e3, magnitude < 9.95e3 ? 1 : 0) + " µs"
        case ..<999.5e6: return fixed(nanoseconds / 1e6, magnitude < 9.95e6 ? 1 : 0) + " ms"
        case ..<999.5e9: return significant(nanoseconds / 1e9) + " s"
        case ..<(59.95 * 60e9): return significant(nanoseconds / 60e9) + " min"
        default: return significant(nanoseconds / 3600e9) + " h"
        }
    }

    package static func duration(_ nanoseconds: Nanoseconds) -> String { duration(Double(nanoseconds)) }

    /// Only the number, in milliseconds, for columns whose header says `ms`: `0.85`, `9.8`, `61`, `1 240`.
    package static func milliseconds(_ nanoseconds: Double?) -> String {
        guard let nanoseconds, nanoseconds.isFinite else { return unknown }
        let value = nanoseconds / 1e6
        let magnitude = abs(value)
        if magnitude < 0.995 { return fixed(value, magnitude == 0 ? 0 : 2) }
        return magnitude < 9.95 ? fixed(value, 1) : group(fixed(value, 0))
    }

    /// `5`, `25.1`, `320`, `8.01 k`, `1.20 M`: three significant digits, whole numbers below a thousand
    /// without a point.
    package static func count(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        if abs(value) < 999.5, value == value.rounded() { return fixed(value, 0) }
        return rate(value)
    }

    package static func count(_ value: Int) -> String { count(Double(value)) }

    /// As `count`, but always with three significant digits: `5.00`, `0.42`; for figures that tremble.
    package static func rate(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        let units: [(Double, String)] = [(1, ""), (1e3, " k"), (1e6, " M"), (1e9, " G"), (1e12, " T")]
        let magnitude = abs(value)
        for (unit, name) in units where magnitude < unit * 999.5 { return significant(value / unit) + name }
        return significant(value / 1e12) + " T"
    }

    /// `3 214`: every digit, in groups of three; rounded to a whole number.
    package static func grouped(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        return group(fixed(value, 0))
    }

    /// Tokens a second: `3 214`, `12`, `4.27`, `0.50`, `0.0042`. Below ten a whole number would hide the figure, or
    /// be 0 beside tokens that came.
    package static func speed(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        return abs(value) < 9.995 && value != 0 ? significant(value) : group(fixed(value, 0))
    }

    /// `0.42 USD`, `12.4 USD`, `4 570 USD`.
    package static func price(_ dollars: Double?) -> String {
        guard let dollars, dollars.isFinite else { return unknown }
        return Self.dollars(dollars) + " USD"
    }

    /// Only the number, for columns whose header has the currency.
    package static func dollars(_ dollars: Double?) -> String {
        guard let dollars, dollars.isFinite else { return unknown }
        return abs(dollars) < 999.5 ? significant(dollars) : group(fixed(dollars, 0))
    }

    package static func grouped(_ value: Int) -> String { group(String(value)) }

    /// `1 user`, `32 users`.
    package static func users(_ count: Int) -> String { count == 1 ? "1 user" : "\(count) users" }

    /// `512 B`, `2.1 MB`, `80 GB`; powers of ten.
    package static func bytes(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        let magnitude = abs(value)
        if magnitude < 999.5 { return fixed(value, 0) + " B" }
        for (unit, name) in [(1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"), (1e15, "PB")]
        where magnitude < unit * 999.5 || unit == 1e15 {
            return fixed(value / unit, magnitude < unit * 9.95 ? 1 : 0) + " " + name
        }
        return unknown
    }

    /// `00:02:41`; a negative span counts as none.
    package static func elapsed(_ span: Nanoseconds) -> String {
        let seconds = max(0, span) / .second
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
    }

    /// `12 %`, `3.4 %`, `<0.1 %` from a share, where 1 is 100 %.
    package static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        let value = share * 100
        let magnitude = abs(value)
        if magnitude == 0 { return "0 %" }
        if magnitude < 0.05 { return value < 0 ? ">-0.1 %" : "<0.1 %" }
        return (magnitude < 9.95 ? fixed(value, 1) : group(fixed(value, 0))) + " %"
    }

    /// `+12 %`, `-3.4 %`: a difference, from a share.
    package static func signedPercent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        if abs(share) < 0.0005 { return "0 %" }
        return (share > 0 ? "+" : "") + percent(share)
    }
}
