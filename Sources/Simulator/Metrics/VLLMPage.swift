import Measure
import Wire

/// vLLM's page of metrics, with its names, labels and types, so that whoever reads vLLM's can read this.
struct VLLMPage {
    private let metrics: ServerMetrics
    private let settings: SimulatorSettings
    private let model: String
    private(set) var text = ""

    static let blockSize = 16

    init(_ metrics: ServerMetrics, settings: SimulatorSettings, startedAt: Double) {
        self.metrics = metrics
        self.settings = settings
        model = JSONValue.quoted(settings.model)
        family(
            "process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.")
        text += "process_start_time_seconds \(startedAt)\n"
        addGauges()
        addCounters()
        addHistograms()
        addConfiguration()
        addRejections()
        addResponses()
    }

    /// - Returns: the name, as the client library writes it: a counter's ends so.
    @discardableResult private mutating func family(_ name: String, _ type: String, _ help: String) -> String
    {
        let name = type == "counter" ? name + "_total" : name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        return name
    }

    /// One series for each engine.
    private mutating func add(
        _ name: String, _ type: String, _ help: String, _ value: (Int) -> Double
    ) {
        let name = family("vllm:\(name)", type, help)
        for engine in metrics.engines.indices {
            text += "\(name){engine=\"\(engine)\",model_name=\(model)} \(value(engine))\n"
        }
    }

    /// Several for each engine, by a label.
    private mutating func add(
        _ name: String, _ type: String, _ help: String, by label: String,
        _ values: (Int) -> [(String, Double)]
    ) {
        let name = family("vllm:\(name)", type, help)
        for engine in metrics.engines.indices {
            for (word, value) in values(engine) {
                // In alphabetical order, like the client library's.
                let labels = ["engine=\"\(engine)\"", "model_name=\(model)", "\(label)=\"\(word)\""].sorted()
                text += "\(name){\(labels.joined(separator: ","))} \(value)\n"
            }
        }
    }

    private mutating func addGauges() {
        let load = metrics.load
        add("num_requests_running", "gauge", "Requests in the running batch.") { Double(load[$0].running) }
        add("num_requests_waiting", "gauge", "Requests that wait for a slot.") { Double(load[$0].waiting) }
        add("num_requests_waiting_by_reason", "gauge", "Why they wait.", by: "reason") {
            [("capacity", Double(load[$0].waiting)), ("deferred", 0)]
        }
        add("engine_sleep_state", "gauge", "1 for the state that it is in.", by: "sleep_state") { _ in
            [("awake", 1), ("weights_offloaded", 0), ("discard_all", 0)]
        }
        let capacity = Double(settings.kvCapacity) / Double(settings.engines)
        add("kv_cache_usage_perc", "gauge", "Share of the KV cache in use; 1 is all of it.") {
            min(1, Double(load[$0].tokens) / capacity)
        }
    }

    private mutating func addCounters() {
        let engines = metrics.engines
        func prompt(_ engine: Int) -> Double { Double(engines[engine].computed + engines[engine].cached) }
        add("prefix_cache_queries", "counter", "Prompt tokens looked for in the prefix cache.", prompt)
        add("prefix_cache_hits", "counter", "Prompt tokens found there.") { Double(engines[$0].cached) }
        add("num_preemptions", "counter", "Requests that gave up their place.") {
            Double(engines[$0].preemptions)
        }
        add("external_prefix_cache_queries", "counter", "Tokens looked for in another server's.") { _ in 0 }
        add("external_prefix_cache_hits", "counter", "Tokens found there.") { _ in 0 }
        add("mm_cache_queries", "counter", "Pictures and sounds looked for in their cache.") { _ in 0 }
        add("mm_cache_hits", "counter", "Pictures and sounds found there.") { _ in 0 }
        add("prompt_tokens", "counter", "Prompt tokens worked through.", prompt)
        add("prompt_tokens_by_source", "counter", "Where they came from.", by: "source") {
            [
                ("local_compute", Double(engines[$0].computed)),
                ("local_cache_hit", Double(engines[$0].cached)),
                ("external_kv_transfer", 0),
            ]
        }
        add("prompt_tokens_cached", "counter", "Prompt tokens from a cache.") { Double(engines[$0].cached) }
        add("prompt_tokens_cached_by_source", "counter", "Which cache.", by: "source") { engine in
            ["device", "host", "p2p", "disk", "external_unspecified"].map {
                ($0, $0 == "device" ? Double(engines[engine].cached) : 0)
            }
        }
        add("generation_tokens", "counter", "Tokens sent.") { Double(engines[$0].generated) }
        add("request_success", "counter", "Requests that ended, and why.", by: "finished_reason") { engine in
            EngineMetrics.Reason.allCases.map { ($0.rawValue, Double(engines[engine].finished[$0] ?? 0)) }
        }
    }

    private mutating func addHistograms() {
        let all: [(String, String, KeyPath<EngineMetrics, MetricHistogram>)] = [
            ("request_prompt_tokens", "Prompt tokens a request.", \.promptLength),
            ("iteration_tokens_total", "Tokens computed and made in a step.", \.stepTokens),
            ("request_max_num_generation_tokens", "The longest of a request's answers.", \.longest),
            ("request_params_n", "Answers that a request asks for.", \.choices),
            ("request_params_max_tokens", "The most tokens that a request asks for.", \.maxTokens),
            ("request_prefill_kv_computed_tokens", "Prompt tokens not from a cache.", \.prefilled),
            ("request_num_preemptions", "How often a request gave up its place.", \.preemptionsEach),
            ("request_generation_tokens", "Generated tokens a request.", \.generationLength),
            ("time_to_first_token_seconds", "From a request's arrival to its first token.", \.ttft),
            ("inter_token_latency_seconds", "Between two tokens.", \.itl),
            ("request_time_per_output_token_seconds", "A token after the first, by request.", \.tpot),
            ("e2e_request_latency_seconds", "From a request's arrival to its end.", \.e2e),
            ("request_queue_time_seconds", "In the queue.", \.queue),
            ("request_inference_time_seconds", "At work.", \.inference),
            ("request_prefill_time_seconds", "At work up to the first token.", \.prefill),
            ("request_decode_time_seconds", "At work after it.", \.decode),
        ]
        for (name, help, path) in all { add(name, help) { $0[keyPath: path] } }
    }

    private mutating func add(_ name: String, _ help: String, _ histogram: (EngineMetrics) -> MetricHistogram)
    {
        family("vllm:\(name)", "histogram", help)
        for (engine, metrics) in metrics.engines.enumerated() {
            let histogram = histogram(metrics)
            let labels = "engine=\"\(engine)\""
            var below = 0
            for (count, bound) in zip(histogram.counts, histogram.bounds.map { "\($0)" } + ["+Inf"]) {
                below += count
                text +=
                    "vllm:\(name)_bucket{\(labels),le=\"\(bound)\",model_name=\(model)} \(Double(below))\n"
            }
            text += "vllm:\(name)_count{\(labels),model_name=\(model)} \(Double(below))\n"
            text += "vllm:\(name)_sum{\(labels),model_name=\(model)} \(histogram.sum)\n"
        }
    }

    private mutating func addConfiguration() {
        family("vllm:cache_config_info", "gauge", "Information of the KV cache.")
        let own = settings.kvCapacity / settings.engines
        for engine in metrics.engines.indices {
            text +=
                "vllm:cache_config_info{block_size=\"\(Self.blockSize)\",engine=\"\(engine)\",kv_cache_max_concurrency=\"\(Double(own) / Double(settings.contextLength))\",kv_cache_size_tokens=\"\(own)\",num_gpu_blocks=\"\(own / Self.blockSize)\"} 1.0\n"
        }
    }

    /// It has no limit for its queue. Of the server, not of its engines.
    private mutating func addRejections() {
        let name = family("vllm:admission_rejections", "counter", "Requests turned away by a queue's limit.")
        for reason in ["max_num_queued_reqs", "max_num_queued_tokens"] {
            text += "\(name){model_name=\(model),reason=\"\(reason)\"} 0.0\n"
        }
    }

    private mutating func addResponses() {
        let name = family("http_requests", "counter", "Requests by handler, method and class of status.")
        for (route, counts) in metrics.responses.sorted(by: { $0.key < $1.key }) {
            for (status, count) in counts.sorted(by: { $0.key < $1.key }) {
                text +=
                    "\(name){handler=\"\(route)\",method=\"POST\",status=\"\(status)\"} \(Double(count))\n"
            }
        }
    }
}
