import Measure

/// A word to the user that goes away by itself.
struct Notice: Hashable, Sendable {
    static let lifetime: Nanoseconds = 5 * .second
    static let errorLifetime: Nanoseconds = 12 * .second

    var text: String
    var isError: Bool
    var until: Moment
}
