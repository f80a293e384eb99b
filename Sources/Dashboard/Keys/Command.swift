/// What a key means.
enum Command: Hashable, Sendable {
    case quit, quitAtOnce
    case help
    case freeze
    case olderLevel, newerLevel
    case previousEndpoint, nextEndpoint
    case moreUsers, fewerUsers
    case nextLevel, repeatLevel, pause
    case mark
    case export
    case theme
    case curveAxis
    case filter
    case back
    case redraw
    case panel(Int)

    /// It changes the load or the recording: there's nothing to change in a replay.
    var steers: Bool {
        switch self {
        case .moreUsers, .fewerUsers, .nextLevel, .repeatLevel, .pause, .mark: true
        default: false
        }
    }
}
