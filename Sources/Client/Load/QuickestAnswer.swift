import Measure

/// The quickest first token that an endpoint has been seen to give. One that comes in a small part of that time
/// was not generated for the request that had only just left: it is the rest of something older.
struct QuickestAnswer {
    private var answers = 0
    private var quickest = Nanoseconds.max

    /// Before so many answers nothing is known of an endpoint.
    private static let least = 3
    private static let part: Nanoseconds = 20
    /// Whatever takes longer may have been generated.
    private static let most = Nanoseconds.millisecond

    mutating func note(_ timeToFirstToken: Nanoseconds) {
        answers += 1
        quickest = min(quickest, timeToFirstToken)
    }

    func isTooQuick(_ timeToFirstToken: Nanoseconds) -> Bool {
        answers >= Self.least && timeToFirstToken < min(Self.most, quickest / Self.part)
    }
}
