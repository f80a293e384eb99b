#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where "now" comes from. Everything that decides by time takes one, so that tests can run a whole sweep
/// in no time.
package protocol TimeSource: Sendable {
    func now() -> Moment
}

/// The machine's monotonic clock.
package struct SystemTime: TimeSource {
    @inlinable package init() {}

    @inlinable package func now() -> Moment { Self.now() }

    /// For the hot path: no existential, one vDSO call.
    @inlinable package static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }
}

/// Ties a session's monotonic moments to the calendar: both clocks read at one instant.
package struct WallAnchor: Hashable, Sendable, Codable {
    package var moment: Moment
    /// Nanoseconds since 1970-01-01 UTC at `moment`.
    package var unixNanoseconds: Int64

    package init(moment: Moment, unixNanoseconds: Int64) {
        self.moment = moment
        self.unixNanoseconds = unixNanoseconds
    }

    package static func now() -> WallAnchor {
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        return WallAnchor(
            moment: SystemTime.now(),
            unixNanoseconds: Int64(wall.tv_sec) * 1_000_000_000 + Int64(wall.tv_nsec))
    }

    package func unixNanoseconds(at moment: Moment) -> Int64 {
        unixNanoseconds + (moment - self.moment)
    }
}
