import Measure

/// Guesses how much of what a slow line has been given is still on its way, so that frames are skipped and
/// not queued: a pty takes some ten kilobytes before it says that it is full, which over 9,600 bit/s is
/// twelve seconds of old pictures.
///
/// Knows nothing until the line has been full once; then it has a rate, lets a frame through only when the
/// guessed queue is nearly empty, and slowly tries whether the line has become faster.
struct LinePace {
    /// What may still be on its way when a frame is drawn, in time.
    static let allowance = 200 * Nanoseconds.millisecond
    /// A frame is never held longer: the guess may be wrong.
    static let longestWait = 10 * Nanoseconds.second
    /// What a full pty holds: 8 kB on the way, 4 kB at the reader.
    static let capacity = 12_288.0
    /// A rate measured over less is chance.
    static let shortestMeasure = 300 * Nanoseconds.millisecond
    /// Over longer than this the line may have been idle.
    static let longestMeasure = 10 * Nanoseconds.second
    /// How much faster the line is thought to be after each second in which it wasn't full. More would fill
    /// a line of 9,600 bit/s again within the minute.
    static let optimism = 1.003

    /// Bytes a second; nil while the line has never been full.
    private(set) var rate: Double?
    private var queued = 0.0
    private var updated = Moment.zero
    private var lastFrame: Moment?
    /// Since the line last was full: when it first took something again, and how much after that.
    private var measure: (since: Moment, bytes: Int)?
    private var isFull = false

    /// The line took `bytes`, and `isFull` tells whether it refused more.
    mutating func wrote(_ bytes: Int, isFull nowFull: Bool, at now: Moment) {
        advance(to: now)
        queued += Double(bytes)
        measure?.bytes += bytes
        if let measure, now - measure.since > Self.longestMeasure { self.measure = nil }
        if isFull || nowFull { settle(at: now) }
        // What it took first may have room for longer than we looked: a ^S, say.
        if isFull, bytes > 0, measure == nil { measure = (now, 0) }
        isFull = nowFull
        if nowFull { queued = Self.capacity }
    }

    mutating func drewFrame(at now: Moment) {
        lastFrame = now
    }

    /// When the next frame may be drawn.
    mutating func nextFrame(at now: Moment) -> Moment {
        guard let rate, rate > 0 else { return now }
        advance(to: now)
        let excess = queued - rate * Self.allowance.inSeconds
        guard excess > 0 else { return now }
        let wait = now + Nanoseconds.seconds(excess / rate)
        guard let lastFrame else { return wait }
        return max(now, min(wait, lastFrame + Self.longestWait))
    }

    /// The line is full now and was when the measure began, so what went in between is what came out.
    private mutating func settle(at now: Moment) {
        guard let measure else { return }
        let time = now - measure.since
        guard time >= Self.shortestMeasure, measure.bytes > 0 else { return }
        rate = max(100, Double(measure.bytes) / time.inSeconds)
    }

    private mutating func advance(to now: Moment) {
        defer { updated = max(updated, now) }
        guard let rate, now > updated else { return }
        let seconds = (now - updated).inSeconds
        queued = max(0, queued - rate * seconds)
        guard !isFull else { return }
        // Past a few megabytes a second there's nothing to pace.
        let faster = rate * (1 + (Self.optimism - 1) * min(seconds, 60))
        self.rate = faster > 5_000_000 ? nil : faster
    }
}
