import Measure

/// Where the next frame stands.
struct FrameState {
    /// Something has happened that may have changed the picture.
    var isWanted = false
    /// Paint the last one again even if nothing has changed.
    var isForced = false
    /// It was wanted, but the terminal wasn't ready.
    var isHeld = false
    var notBefore = Moment.zero
}
