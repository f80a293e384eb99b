import Measure

/// Moments at equal distances: they don't drift, and those that were missed don't pile up.
struct Beat: Sendable {
    let interval: Nanoseconds
    private let clock: any TimeSource
    private let wait: @Sendable (Nanoseconds) async -> Void
    private var last: Moment

    init(every interval: Nanoseconds, _ parts: SessionParts) {
        self.interval = interval
        clock = parts.clock
        wait = parts.wait
        last = parts.clock.now()
    }

    /// Until the next one, or until the task is cancelled.
    mutating func next() async {
        let missed = max(0, clock.now() - last) / interval
        last = last + (missed + 1) * interval
        await wait(last - clock.now())
    }
}
