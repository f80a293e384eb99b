package import Measure

/// A server with continuous batching: each decode step makes one token for every running sequence, and
/// takes longer the more of them there are.
///
/// With B sequences running, P prompt tokens and N output tokens a request, a step takes
///
///     step(B) = stepBase + B · stepPerSequence + B·(B−1) · stepPerPair
///
/// and a step that admits a request is longer by its prefill, P / prefillRate: everybody waits for it, as
/// on real servers. In the steady state B/N requests are admitted a step, so the throughput is
///
///     X(B) = B / (step(B) + (B/N) · P / prefillRate)
///
/// which without prefill is Gunther's Universal Scalability Law with λ = 1/(stepBase + stepPerSequence),
/// σ = stepPerSequence · λ and κ = stepPerPair · λ. Past `slots` requests queue, first in, first out:
/// throughput stays at X(slots), TTFT grows.
package struct BatchingModel: Hashable, Sendable, Codable {
    /// Sequences that run at once.
    package var slots: Int
    package var stepBase: Nanoseconds
    package var stepPerSequence: Nanoseconds
    package var stepPerPair: Nanoseconds
    /// Prompt tokens a second.
    package var prefillRate: Double
    /// From a request's arrival until it may be admitted: routing, tokenising. Holds nobody else up.
    package var overhead: Nanoseconds
    /// More waiting before admission, from a known number of users on.
    package var ttftStep: LatencyStep?

    /// By default about 8,000 tokens/s with 64 users or more: 7,900 at 128 tokens in and 128 out.
    package init(
        slots: Int = 64, stepBase: Nanoseconds = 6 * .millisecond,
        stepPerSequence: Nanoseconds = 30 * .microsecond, stepPerPair: Nanoseconds = 0,
        prefillRate: Double = 400_000, overhead: Nanoseconds = 0, ttftStep: LatencyStep? = nil
    ) {
        self.slots = slots
        self.stepBase = stepBase
        self.stepPerSequence = stepPerSequence
        self.stepPerPair = stepPerPair
        self.prefillRate = prefillRate
        self.overhead = overhead
        self.ttftStep = ttftStep
    }

    /// How long a decode step takes with `sequences` running, without prefill.
    package func stepLength(_ sequences: Int) -> Nanoseconds {
        stepBase + Int64(sequences) * stepPerSequence + Int64(sequences) * Int64(sequences - 1) * stepPerPair
    }

    /// How much a prompt lengthens the step that admits it; a day at most, so that sums of a batch's prompts
    /// stay within the clock.
    package func prefillLength(_ promptTokens: Int) -> Nanoseconds {
        min(.seconds(Double(promptTokens) / prefillRate), Self.longestPrefill)
    }

    static let longestPrefill: Nanoseconds = 86_400 * .second
}

/// Latency that steps up at a known number of users: the truth of a load line.
package struct LatencyStep: Hashable, Sendable, Codable {
    /// From this many requests in flight on (the most in the last half second or so) …
    package var users: Int
    /// … each new request waits this much longer for its first token.
    package var extra: Nanoseconds

    package init(users: Int, extra: Nanoseconds) {
        self.users = users
        self.extra = extra
    }
}
