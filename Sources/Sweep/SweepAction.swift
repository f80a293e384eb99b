package import Measure

/// What a sweep wants done, in this order.
package enum SweepAction: Hashable, Sendable {
    /// To the client: from now on this is the load; `.users(0)` is none.
    case offer(Load)
    /// To the collector, before the load changes. An earlier level that no `closeWindow` came for is given up by
    /// this (and by `finished`), whether its window was asked for, or has even opened, or not.
    case startLevel(LevelStart)
    /// To the collector: open the level's window as soon as you can, and say when (`SweepEvent.windowOpened`).
    case openWindow(level: Int, notBefore: Moment)
    /// To the collector: the window ends at this moment, which is not in the past. Answered by
    /// `SweepEvent.levelFinished`.
    ///
    /// - `cutShort`: before its time, by hand, by a stop or by the circuit breaker.
    /// - `steady`: the window had opened because the level was steady.
    case closeWindow(level: Int, at: Moment, cutShort: Bool, steady: Bool)
    /// To the collector: the level that warms up now has this load, by hand.
    case changeLoad(level: Int, to: Load)
    /// To the client: no new requests, or new ones again.
    case pauseLoad
    case resumeLoad
    /// The last action of all; the users have been sent home before it.
    case finished(SweepEnd)
}
