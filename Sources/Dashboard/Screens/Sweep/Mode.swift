/// What the dashboard looks at.
package enum Mode: Sendable, Hashable {
    /// A sweep that runs now: the keys steer it.
    case sweep
    /// A recording: there's nothing to steer, and the help says so.
    case replay
}
