/// How an event loop fared, at the end of a batch.
public struct LoopVitals: Hashable, Sendable {
    /// The CPU time that its thread has used since it began.
    public var threadCPU: Nanoseconds
    /// How long the machine has been suspended since it started.
    public var suspended: Nanoseconds
    /// A tick in this batch that came more than a second late; the latest of them.
    public var standstill: Standstill?

    public init(threadCPU: Nanoseconds, suspended: Nanoseconds = 0, standstill: Standstill? = nil) {
        self.threadCPU = threadCPU
        self.suspended = suspended
        self.standstill = standstill
    }
}

/// A time in which an event loop should have ticked and didn't.
public struct Standstill: Hashable, Sendable {
    /// Shorter ones are lag.
    public static let least = Nanoseconds.second

    public var from: Moment
    public var to: Moment
    /// The CPU time that the whole process used meanwhile.
    public var processCPU: Nanoseconds

    public init(from: Moment, to: Moment, processCPU: Nanoseconds) {
        self.from = from
        self.to = to
        self.processCPU = processCPU
    }
}
