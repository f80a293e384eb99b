import Measure

/// Where a sweep stands.
enum SweepState: Hashable, Sendable {
    case idle
    case warming(since: Moment)
    /// The window has been asked for; `steady` says why.
    case opening(steady: Bool)
    case measuring(Measuring)
    /// Waiting for the level's figures.
    case closing(cutShort: Bool, then: Next)
    case paused(then: Next)
    case over

    struct Measuring: Hashable, Sendable {
        var since: Moment
        var steady: Bool
        /// How often the budget was looked at.
        var looks = 0
    }

    /// What follows when a window's figures have come, or a pause is over.
    enum Next: Hashable, Sendable {
        /// As the search says.
        case search
        case run(Load)
        /// Wait for `resume`; then run this load, or go on with the search.
        case pause(Load?)
        case end(SweepEnd)
    }
}
