import Measure

/// The help's second page: every word on the screen that isn't plain English.
enum Glossary {
    struct Entry: Hashable, Sendable {
        var word: String
        var meaning: String
    }

    /// Some entries, under a heading or at the page's beginning.
    struct Chapter: Hashable, Sendable {
        var heading: String?
        var entries: [Entry]
    }

    static let measures = Chapter(entries: [
        Entry(
            word: "TTFT",
            meaning: "time to first token: from the request's last byte sent to the first token's arrival"),
        Entry(
            word: "TPOT",
            meaning: "time per output token: from the first token to the last, divided by the tokens after "
                + "the first; one figure a request. 1/TPOT is the speed that one user sees"),
        Entry(
            word: "ITL",
            meaning:
                "inter-token latency: each single gap between tokens; shows stalls that TPOT averages away"
        ),
        Entry(word: "E2E", meaning: "end to end: from the request's last byte sent to the last token"),
        Entry(word: "tok/s", meaning: "output tokens a second, over all users together"),
        Entry(
            word: "p50 p95 p99",
            meaning:
                "half, 95 % or 99 % of the requests were faster than this; – where there are too few to say (n=24: "
                + "so few answers, p99 needs 100)"
        ),
        Entry(
            word: "± CI",
            meaning:
                "95 % confidence interval: the true throughput is within this of the figure, 19 times in 20"),
        Entry(
            word: "in flight",
            meaning: "requests sent and not yet answered in full; \"open\" where there's no room"),
        Entry(word: "waiting", meaning: "those of them that have no token yet: the queue and the prefill"),
        Entry(
            word: "a user",
            meaning: "tokens a second that one user sees: 1/TPOT. 10 a second is faster than most people read"
        ),
        Entry(
            word: "level",
            meaning:
                "one number of concurrent users, held while a window is measured; warming up does not count"),
        Entry(
            word: "plateau",
            meaning: "the most tokens/s that the endpoint gives, and the users from which more of them buy "
                + "less than 5 % more; ≥ while it still grows"),
        Entry(
            word: "load line",
            meaning:
                "the most users at which the latency budget still holds: do not load deeper; ≥ where nothing broke it. "
                + "Where it is undecided, a longer --dwell decides"),
        Entry(
            word: "✓ ✗ ? ◉",
            meaning:
                "in the level table: the level kept the budget, broke it, had too few answers to decide, or "
                + "is running; 980/900 ms is what passed its limit, and the limit"),
        Entry(
            word: "#2",
            meaning: "in the level table: the second run of this load, after a pause, `r` or a restart"),
        Entry(
            word: "~ ≤ left",
            meaning:
                "how long the levels that are to come take, as the last ones did; ≤: at most, it may end sooner"
        ),
        Entry(word: "budget", meaning: "the latency that must not be passed, as given with --budget"),
        Entry(
            word: "own lag",
            meaning:
                "how late plimsoll itself was, p99: its timer, reading what had come (\"to read\"), sending "
                + "what was due (\"to send\"); what is measured can't be finer. \"own CPU\": 100 % is one full core"
        ),
    ])

    /// Each trust flag, from the one place that explains them.
    static let trust = Chapter(
        heading: "trust: why a level's figures are to be taken with care",
        entries: [Entry(word: "ok", meaning: "nothing speaks against them")] + flags)

    private static let flags = TrustFlag.allCases.map { flag in
        let short = Words.short(flag)
        let isNamed = short == flag.label
        return Entry(
            word: flag.label, meaning: isNamed ? flag.explanation : "\"\(short)\": \(flag.explanation)")
    }
}
