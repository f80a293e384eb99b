package import Measure

/// What the simulator knows of one completion request. Moments are of CLOCK_MONOTONIC.
package struct RequestTruth: Hashable, Sendable, Codable {
    package enum Outcome: String, Hashable, Sendable, Codable {
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
    package var id: String
    /// In order of arrival, from 1.
    package var number: Int
    package var fault: SimulatorFault?
    package var outcome: Outcome
    package var status: Int
    package var streamed: Bool
    package var promptTokens: Int
    /// Tokens that were sent.
    package var outputTokens: Int
    /// When the request's last byte was read.
    package var received: Moment
    /// When its first and its last token-bearing chunk were due, and when the system had taken them.
    package var firstMeant: Moment?
    package var firstSent: Moment?
    package var lastMeant: Moment?
    package var lastSent: Moment?
    /// When the answer's last byte was written, or its end came otherwise.
    package var ended: Moment
    /// Sent − meant, over its chunks, in nanoseconds.
    package var lagMean: Double
    package var lagMax: Nanoseconds
    /// Each chunk's times, when the settings ask for them.
    package var meant: [Moment]?
    package var sent: [Moment]?

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
    package var ttft: Nanoseconds? { firstSent.map { $0 - received } }

    /// Nanoseconds a token after the first chunk; nil with fewer than two tokens.
    package var tpot: Double? {
        guard let firstSent, let lastSent, outputTokens > 1 else { return nil }
        return Double(lastSent - firstSent) / Double(outputTokens - 1)
    }
}
