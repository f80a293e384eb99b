import Measure

/// What a key press asks of the world outside the screen.
public enum DashboardAction: Sendable, Hashable {
    case quit
    /// So many users more, or fewer.
    case adjustUsers(EndpointID, by: Int)
    case nextLevel(EndpointID)
    case repeatLevel(EndpointID)
    /// The load, not the view.
    case setPaused(EndpointID, Bool)
    case mark(String)
    case export
    /// Everything is to be sent to the terminal afresh.
    case redraw
    /// The name of the theme that is now in use, to be remembered.
    case themeChanged(String)
}
