/// How an event loop fared, at the end of a batch.
package struct LoopVitals: Hashable, Sendable {
    /// The CPU time that its thread has used since it began.
    package var threadCPU: Nanoseconds
    /// How long the machine has been suspended since it started.
    package var suspended: Nanoseconds
    /// A tick in this batch that came more than a second late; the latest of them.
    package var standstill: Standstill?

    package init(threadCPU: Nanoseconds, suspended: Nanoseconds = 0, standstill: Standstill? = nil) {
        self.threadCPU = threadCPU
        self.suspended = suspended
        self.standstill = standstill
    }
}

/// A time in which an event loop should have ticked and didn't.
package struct Standstill: Hashable, Sendable {
    /// Shorter ones are lag.
    package static let least = Nanoseconds.second

    package var from: Moment
    package var to: Moment
    /// The CPU time that the whole process used meanwhile.
    package var processCPU: Nanoseconds

    package init(from: Moment, to: Moment, processCPU: Nanoseconds) {
        self.from = from
        self.to = to
        self.processCPU = processCPU
    }
}
