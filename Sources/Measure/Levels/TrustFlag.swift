/// The named reasons not to trust a level's figures, or to trust them less. The raw value is what JSON
/// and CSV say.
public enum TrustFlag: String, Hashable, Sendable, Codable, CaseIterable {
    /// This program's own lag was above 1 ms or 5 % of the p50 it measures.
    case clientBound = "client-bound"
    /// Too few samples for the percentiles shown.
    case fewSamples = "few-samples"
    /// Errors above the limit.
    case errors
    /// Token counts came from different sources.
    case mixedTokenSources = "mixed-token-sources"
    /// The prefix cache was hit though nobody asked for it.
    case prefixCache = "prefix-cache"
    /// The answers' length was off the one asked for.
    case outputLength = "output-length"
    /// The prompts' length was off the one asked for.
    case inputLength = "input-length"
    /// Concurrency ≠ request throughput × mean E2E latency, by more than 5 %.
    case littlesLaw = "littles-law"
    /// The window never became steady, or its confidence interval stayed wide.
    case unsteady
    /// The window was cut short by hand or by a stop.
    case cutShort = "cut-short"
    /// The server restarted, or was gone, in mid-level.
    case serverRestarted = "server-restarted"
    /// A GPU of this machine held its clocks down.
    case gpuThrottled = "gpu-throttled"

    /// Two or three words, for the table.
    public var label: String {
        switch self {
        case .clientBound: "client-bound"
        case .fewSamples: "few samples"
        case .errors: "errors"
        case .mixedTokenSources: "mixed counts"
        case .prefixCache: "cache hits"
        case .outputLength: "output length"
        case .inputLength: "input length"
        case .littlesLaw: "Little's law"
        case .unsteady: "unsteady"
        case .cutShort: "cut short"
        case .serverRestarted: "restarted"
        case .gpuThrottled: "GPU throttled"
        }
    }

    /// One sentence: what it means, and what to do.
    public var explanation: String {
        switch self {
        case .clientBound:
            "plimsoll itself lagged by more than 1 ms or 5 % of the p50: run it on an idle machine or with fewer users."
        case .fewSamples:
            "fewer than 100 requests finished in the window, so p99 is not shown: use a longer --dwell."
        case .errors:
            "more requests failed than --max-error-rate allows: the latencies are of the lucky ones."
        case .mixedTokenSources:
            "some answers came with the server's token count and some without: token figures mix two measures."
        case .prefixCache:
            "the server answered prompts from its prefix cache: TTFT looks better than for new prompts."
        case .outputLength:
            "answers were not as long as asked for (--output-tokens): levels may not compare with others."
        case .inputLength:
            "prompts were not as long as asked for (--input-tokens): levels may not compare with others."
        case .littlesLaw:
            "users, request rate and latency do not fit together (Little's law) by more than 5 %: the window is too short for such long requests, or users stood idle."
        case .unsteady:
            "throughput still swung by over 3 %, or users were unserved when the window opened: use a longer --dwell."
        case .cutShort: "the window was closed before its dwell was over."
        case .serverRestarted:
            "the server restarted or refused connections while this was measured: run the level again."
        case .gpuThrottled:
            "a GPU of this machine held its clocks down (heat, power limit or slowdown): see nvidia-smi -q -d PERFORMANCE."
        }
    }
}
