/// The named reasons not to trust a level's figures, or to trust them less, the weightiest first. The raw value
/// is what JSON and CSV say.
package enum TrustFlag: String, Hashable, Sendable, Codable, CaseIterable {
    /// The server restarted, or was gone, in mid-level.
    case serverRestarted = "server-restarted"
    /// Errors above the limit.
    case errors
    /// This program didn't run for more than a second.
    case clientStoodStill = "client-stood-still"
    /// Others used the server meanwhile.
    case foreignLoad = "foreign-load"
    /// The window was cut short by hand or by a stop.
    case cutShort = "cut-short"
    /// Its verdict contradicts its neighbours', and did so when it was run again.
    case notRepeatable = "not-repeatable"
    /// Something between the server and here holds the stream back.
    case buffered
    /// The server's token counts contradict its own stream.
    case countsRefused = "counts-refused"
    /// This program's own lag is too large a part of a figure that is shown.
    case clientBound = "client-bound"
    /// Fewer requests were out than users asked for.
    case usersIdle = "users-idle"
    /// Answers are kept open for long after their last token.
    case tail
    /// The window never became steady, or its halves differ.
    case unsteady
    /// A GPU of this machine held its clocks down.
    case gpuThrottled = "gpu-throttled"
    /// Token counts came from different sources.
    case mixedTokenSources = "mixed-token-sources"
    /// The prefix cache was hit though nobody asked for it.
    case prefixCache = "prefix-cache"
    /// The answers' length was off the one asked for.
    case outputLength = "output-length"
    /// The prompts' length was off the one asked for.
    case inputLength = "input-length"

    /// Two or three words, for the table.
    package var label: String {
        switch self {
        case .serverRestarted: "restarted"
        case .errors: "errors"
        case .clientStoodStill: "stood still"
        case .foreignLoad: "foreign"
        case .cutShort: "cut short"
        case .notRepeatable: "not repeatable"
        case .buffered: "buffered"
        case .countsRefused: "counts refused"
        case .clientBound: "client-bound"
        case .usersIdle: "users idle"
        case .tail: "late end"
        case .unsteady: "unsteady"
        case .gpuThrottled: "GPU throttled"
        case .mixedTokenSources: "mixed counts"
        case .prefixCache: "cache hits"
        case .outputLength: "output length"
        case .inputLength: "input length"
        }
    }

    /// One sentence: what it means, and what to do.
    package var explanation: String {
        switch self {
        case .serverRestarted:
            "the server restarted or refused connections while this was measured: run the level again."
        case .errors:
            "more requests failed than --max-error-rate allows: the latencies are of the lucky ones."
        case .clientStoodStill:
            "plimsoll itself was stopped or the machine suspended for over a second: run the level again."
        case .foreignLoad:
            "the server's own page counts requests that plimsoll didn't send: others used it, and the figures are too low."
        case .cutShort: "the window was closed before its dwell was over."
        case .notRepeatable:
            "it kept the budget though a lighter load broke it, or broke it though a heavier one kept it, and did so again when it was repeated: something else than the load decides."
        case .buffered:
            "a proxy or gateway holds the stream back and hands it on in bursts: TTFT is through the buffer, TPOT and ITL say nothing of the server and no verdict is made of them; turn off its response buffering."
        case .countsRefused:
            "the server's token counts contradict its own stream: tokens are counted by chunks there."
        case .clientBound:
            "plimsoll's own lag is over 5 % of a figure shown here, or one of its event loops was busy for over 80 %: run it on an idle machine or with fewer users."
        case .usersIdle:
            "fewer than 95 % of the users had a request out on average, the others were connecting or sat out a wait after a failure: the load was less than its number says."
        case .tail:
            "answers stay open after their last token for over 5 % of their latency, and throughput falls by that: most often a proxy's doing."
        case .unsteady:
            "throughput rose or fell by over 3 % within the window, or users were unserved when it opened: use a longer --warmup or --dwell."
        case .gpuThrottled:
            "a GPU of this machine held its clocks down (heat, power limit or slowdown): see nvidia-smi -q -d PERFORMANCE."
        case .mixedTokenSources:
            "some answers came with the server's token count and some without: token figures mix two measures."
        case .prefixCache:
            "the server answered prompts from its prefix cache: TTFT looks better than for new prompts."
        case .outputLength:
            "answers were not as long as asked for (--output-tokens): levels may not compare with others."
        case .inputLength:
            "prompts were not as long as asked for (--input-tokens): levels may not compare with others."
        }
    }
}
