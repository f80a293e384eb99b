import Measure

/// How one answer's chunks came: a few counters, kept up to date a chunk at a time, by which a stream that was
/// held back on its way is told from one that came as it was made.
///
/// A burst is a run of chunks with less than 1 ms between them, and one of eight and more is no server's step:
/// speculative decoding sends several chunks a read, but not eight.
struct ArrivalPattern: Sendable {
    /// Fewer chunks than this tell nothing.
    static let fewestChunks: Int64 = 8
    private static let burstGap = Nanoseconds.millisecond
    private static let longPause = 100 * Nanoseconds.millisecond
    /// A mean gap below this is no generating.
    private static let atOnce = 200 * Nanoseconds.microsecond

    private var chunks: Int64 = 0
    /// From the first chunk to the last.
    private var span: Nanoseconds = 0
    /// The burst that goes on, and the pause before it.
    private var burst: Int64 = 0
    private var pause: Nanoseconds = -1
    /// Chunks in bursts that are long enough.
    private var inBursts: Int64 = 0
    /// The pauses before those: how many, how many of them long, and their sum.
    private var pauses: Int32 = 0
    private var longPauses: Int32 = 0
    private var pauseSum: Nanoseconds = 0

    /// - Parameter gap: since the chunk before; below zero for the first.
    mutating func add(gap: Nanoseconds) {
        chunks &+= 1
        guard gap >= 0 else {
            burst = 1
            return
        }
        span &+= gap
        if gap < Self.burstGap {
            burst &+= 1
        } else {
            endBurst()
            pause = gap
            burst = 1
        }
    }

    enum Verdict: Hashable, Sendable {
        case tooShort
        case streamed
        case atOnce
        /// In bursts, so far apart on average.
        case inBursts(pause: Nanoseconds)
    }

    /// Of a whole answer.
    var verdict: Verdict {
        guard chunks >= Self.fewestChunks else { return .tooShort }
        if span < Self.atOnce &* (chunks &- 1) { return .atOnce }
        var whole = self
        whole.endBurst()
        // The median pause is long where more than half of them are.
        guard 2 * whole.inBursts >= chunks, whole.pauses > 0, 2 * whole.longPauses > whole.pauses else {
            return .streamed
        }
        return .inBursts(pause: whole.pauseSum / Nanoseconds(whole.pauses))
    }

    private mutating func endBurst() {
        guard burst >= Self.fewestChunks else { return }
        inBursts &+= burst
        guard pause >= 0 else { return }
        pauses &+= 1
        if pause > Self.longPause { longPauses &+= 1 }
        pauseSum &+= pause
    }
}
