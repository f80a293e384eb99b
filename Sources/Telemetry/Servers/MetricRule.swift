import Measure

/// What a server's metric of some name means.
struct MetricRule: Sendable {
    enum Meaning: Sendable {
        case gauge(Gauge)
        case counter(Counter)
        /// From 0 to 1, or to 100: the largest value that was ever seen decides.
        case gaugePerhapsPercent(Gauge)
        /// As the label's value has it; nil: not counted.
        case counterBy(label: String, @Sendable (String) -> Counter?)
        /// A gauge of requests that are under way, each with this much of a counter that moves at its end only.
        case live(Counter)
        case histogram(Timing)
        /// Without buckets, under two names: how long it took in all, and how often.
        case sum(Timing)
        case count(Timing)
        /// The information is in the labels.
        case labels(@Sendable (SeriesName) -> [Gauge: Double])
    }

    /// Without the family's prefix, and without `_total`, `_bucket`, `_sum`, `_count` where those only say what kind
    /// of series it is.
    let name: String
    let meaning: Meaning
    /// Where several metrics mean the same, those of the lowest rank are used: newer names before older ones, what
    /// moves with each token before what moves at the end of a request.
    let rank: Int
    /// Labels' values without which it means something else; a label that isn't there is no objection. (No value at
    /// all: the label must not be there.)
    let only: [String: Set<String>]
    /// The program's unit for the server's.
    let scale: Double

    init(
        _ name: String, _ meaning: Meaning, rank: Int = 0, only: [String: Set<String>] = [:],
        scale: Double? = nil
    ) {
        self.name = name
        self.meaning = meaning
        self.rank = rank
        self.only = only
        self.scale = scale ?? meaning.usualScale
    }

    func fits(_ series: SeriesName) -> Bool {
        only.allSatisfy { key, values in series[key].map(values.contains) ?? true }
    }
}

extension MetricRule.Meaning {
    /// Servers say seconds.
    fileprivate var usualScale: Double {
        let timing: Timing
        switch self {
        case .histogram(let kind), .sum(let kind): timing = kind
        default: return 1
        }
        switch timing {
        case .promptLength, .generationLength: return 1
        default: return Double(Nanoseconds.second)
        }
    }
}

/// A server's way of speaking about itself.
struct ServerFamily: Sendable {
    let kind: ServerKind
    /// What its metrics' names begin with.
    let prefixes: [String]
    let rules: [String: [MetricRule]]

    init(_ kind: ServerKind, prefixes: [String], _ rules: [MetricRule]) {
        self.kind = kind
        self.prefixes = prefixes
        self.rules = Dictionary(grouping: rules, by: \.name)
    }

    /// Counters of generated tokens that move when a request ends.
    static let countedAtEnd: Set<String> = [
        "sglang:generation_tokens_total", "llamacpp:tokens_predicted_total", "trtllm_generation_tokens_total",
        "tgi_request_generated_tokens",
    ]

    /// Those that stand before an engine come behind it here: what both say, the engine knows better.
    static let all: [ServerFamily] = [
        .vllm, .sglang, .llamacpp, .tensorRT, .triton, .lmdeploy, .tgi, .ollama, .dynamo, .shared,
    ]
}
