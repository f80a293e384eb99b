import Measure

/// How one answer's chunks came: a few counters, kept up to date a chunk at a time, by which a stream that was
/// held back on its way is told from one that came as it was made.
///
/// A burst is a run of chunks with less than 1 ms between them. It is a large one, as no server steps, where it
/// has eight chunks and more, less than 0.2 ms apart on average: what was held comes in one read, and speculative
/// decoding sends several chunks a read, but not eight. An answer is buffered where large bursts hold at least
/// half of its chunks and the median pause between its bursts is more than 20 ms; with tokens of 2 ms a buffer of
/// 4 kB pauses for 36. The last burst is flushed by the end of the answer, and not by the buffer: the pause
/// before it is left out. Where it is the only one there is, 10 ms are enough, for a short answer needs no more
/// than that to look eight times as fast as it was.
struct ArrivalPattern: Sendable {
    /// Fewer chunks than this tell nothing.
    static let fewestChunks: Int64 = 8
    private static let burstGap = Nanoseconds.millisecond
    private static let longPause = 20 * Nanoseconds.millisecond
    private static let longOnlyPause = 10 * Nanoseconds.millisecond
    /// A mean gap below this is no generating.
    private static let atOnce = 200 * Nanoseconds.microsecond

    private var chunks: Int64 = 0
    /// From the first chunk to the last.
    private var span: Nanoseconds = 0
    /// The burst that goes on: its chunks, its span, and the pause before it.
    private var burst: Int64 = 0
    private var burstSpan: Nanoseconds = 0
    private var pause: Nanoseconds = -1
    /// Chunks in large bursts.
    private var inBursts: Int64 = 0
    /// The pauses before bursts that are over, of any size: how many, how many of them long, and their sum.
    private var pauses: Int64 = 0
    private var longPauses: Int64 = 0
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
            burstSpan &+= gap
            return
        }
        endBurst()
        if pause >= 0 {
            pauses &+= 1
            if pause > Self.longPause { longPauses &+= 1 }
            pauseSum &+= pause
        }
        pause = gap
        burst = 1
        burstSpan = 0
    }

    enum Delivery: Hashable, Sendable {
        case tooShort
        case streamed
        case atOnce
        /// In bursts, so far apart on average.
        case inBursts(pause: Nanoseconds)
    }

    /// Of a whole answer.
    var delivery: Delivery {
        guard chunks >= Self.fewestChunks else { return .tooShort }
        if span < Self.atOnce &* (chunks &- 1) { return .atOnce }
        var whole = self
        whole.endBurst()
        guard pause >= 0, 2 * whole.inBursts >= chunks else { return .streamed }
        if pauses == 0 { return pause > Self.longOnlyPause ? .inBursts(pause: pause) : .streamed }
        // The median pause is long where more than half of them are.
        return 2 * longPauses > pauses ? .inBursts(pause: pauseSum / pauses) : .streamed
    }

    private mutating func endBurst() {
        guard burst >= Self.fewestChunks, burstSpan < Self.atOnce &* (burst &- 1) else { return }
        inBursts &+= burst
    }
}
