/// What a server said of itself over a level's window, and what the GPUs did that serve it: between the readings
/// nearest to the window's ends. nil is what nobody says: never 0.
package struct LevelTelemetry: Hashable, Sendable, Codable {
    /// By the server's own clock, from a request's arrival to its first token: nanoseconds. What the client's has more
    /// is network and API server.
    package var ttft: Double?
    package var queue: Double?
    package var prefill: Double?
    package var waitingMax: Double?
    /// From 0 to 1.
    package var kvMax: Double?
    package var preemptions: Double?
    package var prefixHitRate: Double?
    /// Accepted of drafted tokens.
    package var acceptance: Double?
    /// Which GPUs serve it: "2 × NVIDIA H100 80GB HBM3"; nil where that can't be seen.
    package var gpus: Shown?
    /// Of these: the mean of all, the sum of all, and the worst of all.
    package var gpuUtilisation: Double?
    package var watts: Double?
    package var throttledShare: Double?
    package var joulesPerToken: Double?
    /// Why there are no joules a token.
    package var noEnergy: NoEnergy?
    /// nil where all that was seen there was ours.
    package var foreign: ForeignLoad?

    package init() {}

    /// What the server did, without its GPUs.
    package init(_ figures: ServerFigures) {
        ttft = figures.ttft?.mean
        queue = figures.queue?.mean
        prefill = figures.prefill?.mean
        waitingMax = figures.peakWaiting
        kvMax = figures.peakKVUsage
        if let rate = figures.preemptionsPerSecond, let elapsed = figures.elapsed {
            // A count again.
            preemptions = (rate * elapsed.inSeconds).rounded()
        }
        prefixHitRate = figures.prefixHitRate
        acceptance = figures.speculation?.acceptance
    }

    /// - Parameters:
    ///   - serving: what the GPUs that serve the endpoint did over the same span.
    ///   - energy: what a token took, or why nobody knows.
    package mutating func add(serving: [GPUFigures], energy: Result<Double, NoEnergy>) {
        func known(_ value: (GPUFigures) -> Double?) -> [Double]? {
            let values = serving.compactMap(value)
            return values.isEmpty || values.count < serving.count ? nil : values
        }
        gpus = serving.inventory
        gpuUtilisation = known(\.meanUtilisation).map { $0.reduce(0, +) / Double($0.count) }
        watts = known(\.meanWatts).map { $0.reduce(0, +) }
        throttledShare = known(\.throttledShare)?.max()
        switch energy {
        case .success(let joules): joulesPerToken = joules
        case .failure(let reason): noEnergy = reason
        }
    }
}

extension LevelResult {
    /// By how much the client's TTFT is above the server's, on average: network and API server. nil where the server
    /// doesn't say, or says more than was seen.
    package var ttftOnTheWay: Double? {
        guard let server = telemetry?.ttft, let client = ttft.knownMean, client >= server else { return nil }
        return client - server
    }

    static let telemetryColumnNames = [
        "server_mean_ttft_ms", "server_mean_queue_ms", "server_mean_prefill_ms", "server_waiting_max",
        "server_kv_cache_usage_max", "server_preemptions", "server_prefix_cache_hit_rate",
        "server_spec_acceptance_rate", "gpu_utilisation", "gpu_power_w", "gpu_throttled_share",
        "joules_per_token", "joules_per_token_unknown", "trust_foreign_load", "foreign_requests_per_s",
        "foreign_requests_out", "foreign_tokens_per_s",
    ]

    var telemetryColumns: [Column] {
        let telemetry = telemetry
        return [
            Column("server_mean_ttft_ms", .milliseconds(telemetry?.ttft)),
            Column("server_mean_queue_ms", .milliseconds(telemetry?.queue)),
            Column("server_mean_prefill_ms", .milliseconds(telemetry?.prefill)),
            Column("server_waiting_max", .number(telemetry?.waitingMax)),
            Column("server_kv_cache_usage_max", .number(telemetry?.kvMax)),
            Column("server_preemptions", .number(telemetry?.preemptions)),
            Column("server_prefix_cache_hit_rate", .number(telemetry?.prefixHitRate)),
            Column("server_spec_acceptance_rate", .number(telemetry?.acceptance)),
            Column("gpu_utilisation", .number(telemetry?.gpuUtilisation)),
            Column("gpu_power_w", .number(telemetry?.watts)),
            Column("gpu_throttled_share", .number(telemetry?.throttledShare)),
            Column("joules_per_token", .number(telemetry?.joulesPerToken)),
            Column("joules_per_token_unknown", .text(telemetry?.noEnergy?.rawValue)),
            Column("foreign_requests_per_s", .number(telemetry?.foreign?.requestsPerSecond)),
            Column("foreign_requests_out", .number(telemetry?.foreign?.requestsOut)),
            Column("foreign_tokens_per_s", .number(telemetry?.foreign?.tokensPerSecond)),
        ]
    }
}
