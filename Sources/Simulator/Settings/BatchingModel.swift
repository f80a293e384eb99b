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

extension BatchingModel {
    /// Output tokens/s with `sequences` running in the steady state: the formula above. Takes a fraction,
    /// because the mean number that runs is one.
    package func throughput(sequences: Double, inputTokens: Int, outputTokens: Int) -> Double {
        guard sequences > 0, outputTokens > 0 else { return 0 }
        return sequences / meanStep(sequences, inputTokens, outputTokens)
    }

    /// The most that the server gives: every slot taken. (With `stepPerPair` the best may lie below that.)
    package func ceiling(inputTokens: Int, outputTokens: Int) -> Double {
        throughput(sequences: Double(slots), inputTokens: inputTokens, outputTokens: outputTokens)
    }

    /// Output tokens/s in the steady state under `users` users that each send the next request as soon as
    /// the last answer is complete.
    ///
    /// A user's next request arrives just after a step has begun and waits for the next one, unless nobody
    /// else runs: so each spends N steps running and, with others around, one step waiting, and on average
    /// B = users · N / (N + 1) sequences run. With an `overhead` Z that ends anywhere in a step, the wait
    /// is half a step: B = users · N·T(B) / ((N + ½)·T(B) + Z), where T is the mean step, solved by
    /// bisection. B is never more than `slots`. (It is a mean: with few users and a long Z the engine is
    /// idle now and then, and the figure a little too high.)
    package func analyticThroughput(users: Int, inputTokens: Int, outputTokens: Int) -> Double {
        guard users > 0, outputTokens > 0 else { return 0 }
        let delay = (overhead + extraDelay(users)).inSeconds
        let length = Double(outputTokens)
        if users == 1 {
            // Nobody to average with: the engine works or it is idle.
            return length / (length * meanStep(1, inputTokens, outputTokens) + delay)
        }
        let waits = delay > 0 ? 0.5 : 1

        func running(_ sequences: Double) -> Double {
            let step = meanStep(sequences, inputTokens, outputTokens)
            return Double(users) * length * step / ((length + waits) * step + delay)
        }
        var low = 0.0
        var high = Double(users)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if running(middle) > middle { low = middle } else { high = middle }
        }
        return throughput(
            sequences: min(low, Double(slots)), inputTokens: inputTokens, outputTokens: outputTokens)
    }

    func extraDelay(_ users: Int) -> Nanoseconds {
        guard let ttftStep, users >= ttftStep.users else { return 0 }
        return ttftStep.extra
    }

    private func meanStep(_ sequences: Double, _ inputTokens: Int, _ outputTokens: Int) -> Double {
        let decode =
            stepBase.inSeconds + sequences * stepPerSequence.inSeconds
            + sequences * max(0, sequences - 1) * stepPerPair.inSeconds
        return decode + sequences / Double(outputTokens) * Double(inputTokens) / prefillRate
    }
}
