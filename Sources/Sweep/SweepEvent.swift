package import Measure

/// What a sweep is told.
package enum SweepEvent: Hashable, Sendable {
    /// Once, first.
    case start
    /// How the running level stands, some ten times a second; with what it says of the budget when `Sweep.looks`.
    case progress(LevelProgress)
    /// The collector's answer to `SweepAction.openWindow`: the exact moment.
    case windowOpened(level: Int, at: Moment)
    /// The collector's answer to `SweepAction.closeWindow`, once every source has delivered past its end.
    case levelFinished(LevelResult)
    /// By hand.
    case steer(Steering)
}
