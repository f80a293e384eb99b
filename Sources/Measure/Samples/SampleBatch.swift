/// What one event loop saw since its last batch. Handed to the collector about ten times a second.
package struct SampleBatch: Sendable, Hashable {
    /// The event loop's number, from 0.
    package var loop: UInt16
    /// Everything this loop saw before this moment is in this batch or in an earlier one.
    package var upTo: Moment
    /// In order of arrival.
    package var arrivals: [TokenArrival]
    /// In order of `end`. A request's arrivals come in the same batch as its record or in an earlier one.
    package var requests: [RequestRecord]
    /// How late the loop came to what was due with its own timer, one figure a tick.
    package var timerLags: [Nanoseconds]
    /// How long bytes that were ready waited for the loop to read them, one figure a probe.
    package var readLags: [Nanoseconds]
    /// By how much that differed between two successive reads of one answer, one figure a pair of probes.
    package var readLagChanges: [Nanoseconds]
    /// The state of each endpoint's users on this loop, at `upTo`.
    package var activity: [LoopActivity]
    /// How the loop itself fared; nil where nobody looked, as in the first recordings.
    package var vitals: LoopVitals?

    package init(
        loop: UInt16, upTo: Moment, arrivals: [TokenArrival] = [], requests: [RequestRecord] = [],
        timerLags: [Nanoseconds] = [], readLags: [Nanoseconds] = [], readLagChanges: [Nanoseconds] = [],
        activity: [LoopActivity] = [],
        vitals: LoopVitals? = nil
    ) {
        self.loop = loop
        self.upTo = upTo
        self.arrivals = arrivals
        self.requests = requests
        self.timerLags = timerLags
        self.readLags = readLags
        self.readLagChanges = readLagChanges
        self.activity = activity
        self.vitals = vitals
    }
}

/// One endpoint's users on one event loop.
package struct LoopActivity: Sendable, Hashable, Codable {
    package var endpoint: EndpointID
    /// Users that are at work: sending, waiting, reading or connecting.
    package var users: Int
    /// Requests sent and not finished.
    package var inFlight: Int
    /// Requests sent whose first token has not come.
    package var waiting: Int
    /// What the users have done since the loop began; nil where nobody counts, as in the first
    /// recordings.
    package var times: UserTimes?

    package init(
        endpoint: EndpointID, users: Int, inFlight: Int, waiting: Int, times: UserTimes? = nil
    ) {
        self.endpoint = endpoint
        self.users = users
        self.inFlight = inFlight
        self.waiting = waiting
        self.times = times
    }
}
