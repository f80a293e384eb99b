import Measure

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
