import System

/// Where "now" comes from. Everything that decides by time takes one, so that tests can run a whole sweep
/// in no time.
package protocol TimeSource: Sendable {
    func now() -> Moment
}

/// The machine's monotonic clock.
package struct SystemTime: TimeSource {
    @inlinable package init() {}

    @inlinable package func now() -> Moment { Self.now() }

    /// For the hot path: no existential.
    @inlinable package static func now() -> Moment { Moment(nanoseconds: Clocks.monotonic()) }
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
        let wall = Clocks.calendar()
        return WallAnchor(moment: SystemTime.now(), unixNanoseconds: wall)
    }

    package func unixNanoseconds(at moment: Moment) -> Int64 {
        unixNanoseconds + (moment - self.moment)
    }
}
