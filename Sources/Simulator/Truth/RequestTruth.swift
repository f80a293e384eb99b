import Measure

/// What the simulator knows of one completion request. Moments are of CLOCK_MONOTONIC.
public struct RequestTruth: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// Answered to the end.
        case finished
        /// Answered to the end or not: as the fault has it.
        case faulted
        /// Refused with `status`.
        case rejected
        /// The client went away first.
        case aborted
    }

    /// `x-request-id`, or the request's number.
    public var id: String
    /// In order of arrival, from 1.
    public var number: Int
    public var fault: SimulatorFault?
    public var outcome: Outcome
    public var status: Int
    public var streamed: Bool
    public var promptTokens: Int
    /// Tokens that were sent.
    public var outputTokens: Int
    /// When the request's last byte was read.
    public var received: Moment
    /// When its first and its last token-bearing chunk were due, and when the system had taken them.
    public var firstMeant: Moment?
    public var firstSent: Moment?
    public var lastMeant: Moment?
    public var lastSent: Moment?
    /// When the answer's last byte was written, or its end came otherwise.
    public var ended: Moment
    /// Sent − meant, over its chunks, in nanoseconds.
    public var lagMean: Double
    public var lagMax: Nanoseconds
    /// Each chunk's times, when the settings ask for them.
    public var meant: [Moment]?
    public var sent: [Moment]?

    init(id: String, number: Int, fault: SimulatorFault?, received: Moment, streamed: Bool, promptTokens: Int)
    {
        self.id = id
        self.number = number
        self.fault = fault
        self.received = received
        self.streamed = streamed
        self.promptTokens = promptTokens
        outcome = .finished
        status = 200
        outputTokens = 0
        ended = received
        lagMean = 0
        lagMax = 0
    }

    /// The TTFT that the server gave, without the network: from `received` to `firstSent`.
    public var ttft: Nanoseconds? { firstSent.map { $0 - received } }

    /// Nanoseconds a token after the first chunk; nil with fewer than two tokens.
    public var tpot: Double? {
        guard let firstSent, let lastSent, outputTokens > 1 else { return nil }
        return Double(lastSent - firstSent) / Double(outputTokens - 1)
    }
}
