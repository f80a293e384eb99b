import Measure

extension Glossary {
    static let watch = Chapter(entries: [
        Entry(
            word: "run, wait",
            meaning: "requests that the engine computes now, and those that wait for a place in it"),
        Entry(
            word: "KV",
            meaning:
                "how full the KV cache is, which holds what running requests have read and written: full, it makes them wait or throws some out"
        ),
        Entry(
            word: "use, ▼",
            meaning:
                "running and waiting requests, a mean over the last minute, as a share of the load line that was measured last; ▼64 is the line alone, where today's prompts or answers are of other lengths than those it was measured with"
        ),
        Entry(
            word: "TTFT",
            meaning: "time to first token, as the server itself measures it: without the network"),
        Entry(
            word: "TPOT",
            meaning:
                "time a token takes after the first, a figure a request; ITL, the gap between two, where the server says that alone"
        ),
        Entry(word: "E2E", meaning: "from a request's arrival at the server to its last token"),
        Entry(
            word: "queue, prefill, decode",
            meaning: "waiting for a place; reading the prompt; writing the answer"),
        Entry(
            word: "out/s, in/s",
            meaning: "tokens written and prompt tokens read a second, over the last minute"),
        Entry(word: "hit", meaning: "which share of prompt tokens the prefix cache had already"),
        Entry(
            word: "pre/m",
            meaning: "preemptions a minute: requests thrown out of a full KV cache, to be computed again"),
        Entry(
            word: "spec",
            meaning: "which share of the tokens that were guessed (speculative decoding) was right"),
        Entry(
            word: "err",
            meaning: "which share of the requests that ended over the last minute ended in an error"),
        Entry(
            word: "heat map",
            meaning:
                "a column a stretch of time, a row a bucket of the server's own histogram, brighter where more answers lie; ─ is p50, ━ p95"
        ),
        Entry(
            word: "budget",
            meaning:
                "here an objective: which share of the last minute's answers was within the limit. Where the limit cuts a bucket it's from … to; broken only if all of that is"
        ),
        Entry(
            word: "J/token",
            meaning: "energy of the GPU boards that serve an endpoint, by token written; not the host's"),
        Entry(
            word: "canary",
            meaning:
                "one small request that plimsoll sends (only with --canary), as a client meets the server"),
    ])

    static let watchSigns = Chapter(
        heading: "signs",
        entries: [
            Entry(word: "~", meaning: "a guess inside a bucket: a histogram tells no more"),
            Entry(word: "≥", meaning: "in the last bucket, which has no end"),
            Entry(word: "ø", meaning: "the mean, exact, where there are no buckets"),
            Entry(word: "–", meaning: "the server doesn't say: never 0"),
            Entry(word: "✗ ! ✓ ?", meaning: "something grave, a caution, the budget held, not to be decided"),
            Entry(word: "GONE", meaning: "no answer for five seconds: the figures, dim, are the last ones"),
        ])

    /// Each finding, from the one place that explains them.
    static let diagnoses = Chapter(
        heading: "findings, and what they usually come of",
        entries: Diagnosis.allCases.map { diagnosis in
            Entry(word: diagnosis.rawValue, meaning: diagnosis.usualCause.text)
        })
}
