package import Measure

/// What a key press asks of the world outside the screen.
package enum DashboardAction: Sendable, Hashable {
    case quit
    case steer(Steering, of: EndpointID)
    case mark(String)
    case export
    /// Everything is to be sent to the terminal afresh.
    case redraw
}
