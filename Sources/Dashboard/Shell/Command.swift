package import Measure

/// What a key means.
enum Command: Hashable, Sendable {
    case quit, quitAtOnce
    case help
    case freeze
    /// Another level of a sweep, another moment of a watch.
    case older, newer
    case previousEndpoint, nextEndpoint
    /// To the sweep. Of `adjustUsers` the sign: how much a press is, the number of users says. `pause` is `resume`
    /// where the load is paused.
    case steer(Steering)
    case mark
    case export
    /// The answer as text, to the terminal's clipboard.
    case copy
    case theme
    case curveAxis
    /// Of a watch: one endpoint in full, another order of them, another of the budget's limits, another span.
    case open
    case sort
    case budget
    case acknowledge
    case shorterSpan, longerSpan
    case previousPage, nextPage
    case filter
    case back
    case redraw
    case panel(Int)

    /// It changes the load or the recording: there's nothing to change in a replay.
    var steers: Bool {
        switch self {
        case .steer, .mark: true
        default: false
        }
    }
}

/// Whose verdict is asked for as text.
package enum Copied: Sendable, Hashable {
    case endpoint(EndpointID)
    case server(SourceID)
}

/// What a key press asks of the world outside the screen.
package enum DashboardAction: Sendable, Hashable {
    case quit
    case steer(Steering, of: EndpointID)
    case mark(String)
    case export
    case copy(Copied)
    /// Everything is to be sent to the terminal afresh.
    case redraw
}
