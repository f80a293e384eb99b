/// What the dashboard looks at: a kind of session, while it runs or out of a recording.
package enum Mode: Sendable, Hashable {
    /// A sweep that runs now: the keys steer it.
    case sweep
    /// A recording of one: there's nothing to steer, and the help says so.
    case replay
    /// Servers and GPUs, as they are now.
    case watch
    /// A recording of a watch.
    case watchReplay

    var isReplay: Bool { self == .replay || self == .watchReplay }
}
