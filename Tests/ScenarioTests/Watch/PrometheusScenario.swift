import Foundation
import Testing

extension Scenarios {
    @Test(
        "Watch and Prometheus say the same of the same minute",
        .enabled(if: Prometheus.isInstalled, "the package “prometheus” is not installed"))
    func prometheusAgrees() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--step", "20ms", in: scratch)
        let traffic = try Program(
            [
                "sweep", endpoint.url, "--users", "4", "--for", "10m", "--warmup", "2s", "--headless",
                "--no-record", "--input-tokens", "64", "--output-tokens", "40",
            ], in: scratch)
        defer { traffic.send(SIGKILL) }
        let prometheus = try await Prometheus.start(scraping: endpoint.label, in: scratch)
        let running = "vllm:num_requests_running"
        try await Poll.until("constant traffic", seen: { traffic.error }) {
            try await prometheus.value(running, at: Date().timeIntervalSince1970).map { $0 >= 3 } ?? false
        }
        let watch = try await Program.run(
            ["watch", endpoint.url, "--json", "--for", "70s", "--no-record", "--no-gpu"], in: scratch,
            within: .seconds(180))
        #expect(watch.status == 0 && traffic.isRunning, "\(watch.error)")
        let lines = try watch.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let end = try #require(Self.number(lines.last?["at_ns"])) / 1e9
        let minute = try lines.filter { (Self.number($0["at_ns"]) ?? 0) / 1e9 > end - 60 }.map { line in
            try #require((line["endpoints"] as? [[String: Any]])?.first)
        }
        let last = try #require(minute.last)

        func agrees(_ what: String, _ own: Double?, _ expression: String, within slack: Double = 0.02)
            async throws
        {
            let other = try #require(
                try await prometheus.value(expression, at: end), "\(what): \(expression)")
            let own = try #require(own, "\(what): watch doesn't say")
            #expect(abs(own - other) <= slack * other, "\(what): watch \(own), Prometheus \(other)")
        }
        // One of sixty scrapes may fall into the minute here, and not there.
        let scrape = 1.0 / 60 + 0.005
        for (key, name) in [
            ("generation_tokens_per_s", "generation_tokens_total"),
            ("prompt_tokens_per_s", "prompt_tokens_total"),
            ("requests_per_s", "request_success_total"),
        ] {
            try await agrees(
                key, Self.mean(of: key, over: minute), "sum(rate(vllm:\(name)[1m]))",
                within: max(0.02, scrape))
        }
        for (key, name) in [
            ("ttft_ms", "time_to_first_token_seconds"), ("itl_ms", "inter_token_latency_seconds"),
            ("tpot_ms", "request_time_per_output_token_seconds"), ("e2e_ms", "e2e_request_latency_seconds"),
        ] {
            let own = try #require(last[key] as? [String: Any], "\(key)")
            try await agrees(
                key + " mean", Self.number(own["mean"]),
                "1000 * sum(rate(vllm:\(name)_sum[1m])) / sum(rate(vllm:\(name)_count[1m]))")
            for (quantile, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
                try await agrees(
                    "\(key) \(quantile)", Self.number(own[quantile]),
                    "1000 * histogram_quantile(\(share), sum by (le) (rate(vllm:\(name)_bucket[1m])))")
            }
        }
    }

    private static func number(_ value: Any?) -> Double? { (value as? NSNumber)?.doubleValue }

    /// Over the minute: each line's rate stands for the time since the reading before.
    private static func mean(of key: String, over lines: [[String: Any]]) -> Double? {
        let parts = lines.compactMap { line -> (amount: Double, time: Double)? in
            guard let rate = number(line[key]), let time = number(line["rates_window_s"]) else {
                return nil
            }
            return (rate * time, time)
        }
        let time = parts.reduce(0) { $0 + $1.time }
        return time > 50 ? parts.reduce(0) { $0 + $1.amount } / time : nil
    }
}
