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
