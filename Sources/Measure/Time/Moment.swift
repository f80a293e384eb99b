/// A span of time in nanoseconds. Every duration in the program is kept in this unit; only what is
/// printed is turned into milliseconds or seconds.
package typealias Nanoseconds = Int64

/// A point on this machine's monotonic clock, in nanoseconds.
///
/// Moments of two processes on one machine may be compared (the simulator's truth relies on it); moments
/// of two machines may not.
package struct Moment: Hashable, Comparable, Sendable, Codable {
    package var nanoseconds: Int64

    @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static let zero = Moment(nanoseconds: 0)

    @inlinable package static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
    @inlinable package static func - (left: Moment, right: Moment) -> Nanoseconds {
        left.nanoseconds - right.nanoseconds
    }
    @inlinable package static func + (left: Moment, right: Nanoseconds) -> Moment {
        Moment(nanoseconds: left.nanoseconds + right)
    }
    @inlinable package static func - (left: Moment, right: Nanoseconds) -> Moment {
        Moment(nanoseconds: left.nanoseconds - right)
    }

    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }
}

extension Nanoseconds {
    package static let microsecond: Nanoseconds = 1_000
    package static let millisecond: Nanoseconds = 1_000_000
    package static let second: Nanoseconds = 1_000_000_000

    /// Rounds; a value that no `Int64` can hold is clamped.
    package static func seconds(_ value: Double) -> Nanoseconds {
        let nanoseconds = value * 1e9
        guard nanoseconds.isFinite else { return nanoseconds > 0 ? .max : 0 }
        return Nanoseconds(exactly: nanoseconds.rounded()) ?? (nanoseconds > 0 ? .max : .min)
    }

    package var inSeconds: Double { Double(self) / 1e9 }
}

extension Nanoseconds {
    /// The longest span that is taken: a week.
    private static let longestParsed = 7.0 * 24 * 3600

    /// `20s`, `500ms`, `2m`, `1.5h`, as options give it; nil for anything else, and for spans that aren't above 0 or
    /// are longer than a week.
    package init?(parsing text: String) {
        let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.0.count)), number.isFinite, number > 0,
            number * unit.1 <= Self.longestParsed
        else { return nil }
        self = .seconds(number * unit.1)
    }
}
