import Measure

/// Arrivals of a closed loop: a user's next request is due when the last answer is complete. After a failure the
/// user waits a little, longer each time, so that a broken server is not hammered; or as long as the server says.
///
/// It knows no connections and no words: when one request has ended, it says when the next one is due.
struct ClosedLoop {
    /// No server's wish to be left alone is heeded for longer than this, or than a request may take.
    private let longestWait: Nanoseconds
    private var failuresInARow = 0

    private static let firstWait = 100 * Nanoseconds.millisecond
    private static let mostDoublings = 5
    private static let wishLimit = 60 * Nanoseconds.second

    init(requestTimeout: Nanoseconds) { longestWait = max(Self.wishLimit, requestTimeout) }

    /// - Parameters:
    ///   - failure: of the request that has ended; nil when it was answered.
    ///   - end: when it ended.
    mutating func due(after failure: RequestFailure?, at end: Moment) -> Moment {
        guard let failure else {
            failuresInARow = 0
            return end
        }
        let doubled = Self.firstWait << Nanoseconds(min(failuresInARow, Self.mostDoublings))
        failuresInARow += 1
        return end + max(doubled, min(failure.retryAfter ?? 0, longestWait))
    }
}
