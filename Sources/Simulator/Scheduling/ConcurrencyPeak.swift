import Measure

/// The most requests in flight lately: over the running half second and the one before.
///
/// Users that finish together are, for a moment, not there; the number of users must not seem to fall
/// with them.
struct ConcurrencyPeak {
    static let span: Nanoseconds = .second / 2
    private var bucket: Int64 = .min
    private var current = 0
    private var previous = 0

    /// Notes `inFlight` at `now` and returns the peak.
    mutating func note(_ inFlight: Int, at now: Moment) -> Int {
        let bucket = now.nanoseconds / Self.span
        if bucket != self.bucket {
            previous = bucket - 1 == self.bucket ? current : 0
            current = 0
            self.bucket = bucket
        }
        current = max(current, inFlight)
        return max(current, previous)
    }
}
