import Measure
import Testing

@testable import Telemetry

/// Pages written to what its source says: none was captured.
@Suite struct SGLangTests {
    private static func labels(dp: Int? = nil, tp: Int = 0, priority: String? = nil) -> String {
        "model_name=\"m\",engine_type=\"unified\",tp_rank=\"\(tp)\",pp_rank=\"0\",moe_ep_rank=\"\(tp)\""
            + (dp.map { ",dp_rank=\"\($0)\"" } ?? "") + (priority.map { ",priority=\"\($0)\"" } ?? "")
    }

    @Test func copiesOfTensorParallelRanksAreOne() throws {
        let page = (0..<4).map { "sglang:num_running_reqs{\(Self.labels(tp: $0))} \(10 + $0)" }
        let figures = try Watched.once(page.joined(separator: "\n"))
        #expect(figures.running == 10)
    }

    @Test func dataParallelRanksAreRowsOfTheirOwn() throws {
        // With attention spread over ranks each has a tensor rank of its own.
        let page = (0..<2).map {
            "sglang:num_running_reqs{\(Self.labels(dp: $0, tp: 4 * $0))} \(10 + $0)\nsglang:token_usage{\(Self.labels(dp: $0, tp: 4 * $0))} 0.\($0 + 3)"
        }
        var watched = Watched()
        try watched.take(page.joined(separator: "\n"), at: 0)
        #expect(watched.history.kind == .sglang)
        #expect(watched.history.engines == ["0", "1"])
        #expect(try watched.figures().running == 21)
        #expect(try watched.figures(engine: "1").running == 11)
        // The fullest.
        #expect(try watched.figures().kvUsage == 0.4)
    }

    @Test func prioritiesAreParts() throws {
        let page = ["", "0", "3"].map {
            "sglang:num_queue_reqs{\(Self.labels(priority: $0))} \($0.isEmpty ? 7 : $0 == "0" ? 5 : 2)"
        }
        #expect(try Watched.once(page.joined(separator: "\n")).waiting == 7)
    }

    /// For a grammar, and for the other side of a disaggregated server: not for room.
    @Test func queuesBesideTheQueue() throws {
        let figures = try Watched.once(
            """
            sglang:num_queue_reqs{\(Self.labels())} 7
            sglang:num_grammar_queue_reqs{\(Self.labels())} 1
            sglang:num_prefill_bootstrap_queue_reqs{\(Self.labels())} 2
            sglang:num_decode_transfer_queue_reqs{\(Self.labels())} 3

            """)
        #expect(figures.waiting == 13)
        #expect(figures.waitingForCapacity == 7 && figures.waitingForOthers == 6)
    }

    /// Pipeline stages work on the same requests, like tensor ranks; data-parallel ranks on others.
    @Test func onePerDataParallelRank() throws {
        var page = ""
        for (dp, pp, tp) in [(0, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 0), (1, 1, 1)] {
            page += """
                sglang:num_running_reqs{tp_rank="\(tp)",pp_rank="\(pp)",dp_rank="\(dp)"} 5
                sglang:num_retracted_requests_total{tp_rank="\(tp)",pp_rank="\(pp)",dp_rank="\(dp)"} 10

                """
        }
        let watched = try Watched.twice(page, page.replacing("} 10", with: "} 20"))
        #expect(watched.history.engines == ["0", "1"])
        #expect(try watched.figures().running == 10)
        #expect(try watched.figures().preemptionsPerSecond == 2)
    }

    @Test func itsLatencies() throws {
        func page(_ n: Int) -> String {
            func histogram(_ name: String, _ seconds: Double, _ labels: String = "") -> String {
                "sglang:\(name)_count{\(labels)} \(n)\nsglang:\(name)_sum{\(labels)} \(Double(n) * seconds)\n"
            }
            return histogram("inter_token_latency_seconds", 0.02)
                + histogram("request_time_per_output_token_seconds", 0.03, "is_streaming=\"true\"")
                + histogram("request_time_per_output_token_seconds", 9, "is_streaming=\"false\"")
                + histogram("e2e_request_latency_seconds", 2, "is_streaming=\"true\"")
                + histogram("e2e_request_latency_seconds", 4, "is_streaming=\"false\"")
                + histogram("queue_time_seconds", 0.5)
                + histogram("per_stage_req_latency_seconds", 0.1, "stage=\"prefill_forward\"")
                + histogram("per_stage_req_latency_seconds", 7, "stage=\"request_process\"")
                + histogram("prompt_tokens_histogram", 300) + histogram("generation_tokens_histogram", 40)
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(isNear(figures.itl?.mean, 20e6) && isNear(figures.tpot?.mean, 30e6))
        // Whole answers are answers, too.
        #expect(figures.e2e?.count == 20 && isNear(figures.e2e?.mean, 3e9))
        #expect(isNear(figures.queue?.mean, 0.5e9) && isNear(figures.prefill?.mean, 0.1e9))
        #expect(figures.decode == nil)
        #expect(figures.promptLength?.mean == 300 && figures.generationLength?.mean == 40)
        let old = try Watched.twice(
            "sglang:time_per_output_token_seconds_count 0\nsglang:time_per_output_token_seconds_sum 0",
            "sglang:time_per_output_token_seconds_count 10\nsglang:time_per_output_token_seconds_sum 1"
        ).figures()
        #expect(isNear(old.tpot?.mean, 0.1e9))
    }

    /// What moves with each step, rather than at a request's end.
    @Test func realtimeTokens() throws {
        func page(_ computed: Int, _ cached: Int, _ decoded: Int, ended: Int) -> String {
            """
            sglang:realtime_tokens_total{\(Self.labels()),mode="prefill_compute"} \(computed)
            sglang:realtime_tokens_total{\(Self.labels()),mode="prefill_cache"} \(cached)
            sglang:realtime_tokens_total{\(Self.labels()),mode="decode"} \(decoded)
            sglang:generation_tokens_total{model_name="m",engine_type="unified"} \(ended)
            sglang:prompt_tokens_total{model_name="m",engine_type="unified"} \(ended)
            sglang:num_requests_total{model_name="m",engine_type="unified",is_streaming="true"} \(ended)

            """
        }
        let figures = try Watched.twice(page(0, 0, 0, ended: 0), page(30, 10, 500, ended: 20)).figures()
        #expect(figures.generationTokensPerSecond == 50)
        #expect(figures.computedTokensPerSecond == 3 && figures.cachedTokensPerSecond == 1)
        #expect(figures.promptTokensPerSecond == 4)
        #expect(figures.requestsPerSecond == 2)
        // Older versions.
        let old = try Watched.twice(
            "sglang:generation_tokens_total 0\nsglang:gen_throughput 77",
            "sglang:generation_tokens_total 20\nsglang:gen_throughput 78"
        ).figures()
        #expect(old.generationTokensPerSecond == 2)
    }

    /// An answer that isn't streamed has all of itself for a first token.
    @Test func firstTokensOfStreamsOnly() throws {
        func page(_ streamed: Int, _ whole: Int) -> String {
            [("true", streamed, 0.1), ("false", whole, 30)].map { streams, count, seconds in
                """
                sglang:time_to_first_token_seconds_bucket{is_streaming="\(streams)",le="0.2"} \(streams == "true" ? count : 0)
                sglang:time_to_first_token_seconds_bucket{is_streaming="\(streams)",le="+Inf"} \(count)
                sglang:time_to_first_token_seconds_count{is_streaming="\(streams)"} \(count)
                sglang:time_to_first_token_seconds_sum{is_streaming="\(streams)"} \(Double(count) * seconds)

                """
            }.joined()
        }
        let ttft = try Watched.twice(page(0, 0), page(8, 4)).figures().ttft
        #expect(ttft?.count == 8)
        #expect(isNear(ttft?.mean, 0.1e9))
        #expect(ttft?.buckets == BucketCounts(bounds: [0.2e9, .infinity], counts: [8, 0]))
        // Before there was such a label.
        let old = try Watched.twice(
            "sglang:time_to_first_token_seconds_count 0\nsglang:time_to_first_token_seconds_sum 0",
            "sglang:time_to_first_token_seconds_count 2\nsglang:time_to_first_token_seconds_sum 1"
        ).figures()
        #expect(old.ttft?.mean == 0.5e9)
    }

    @Test func gaugesWhereThereAreNoCounters() throws {
        let figures = try Watched.twice(
            "sglang:cache_hit_rate 0.1\nsglang:spec_accept_length 2.5\nsglang:spec_accept_rate 0.7",
            "sglang:cache_hit_rate 0.4\nsglang:spec_accept_length 3.5\nsglang:spec_accept_rate 0.8"
        ).figures()
        #expect(figures.prefixHitRate == 0.4)
        #expect(figures.speculation == Speculation(acceptance: 0.8, length: 3.5, byPosition: []))
    }

    @Test func totalsOfSourcesAreNotAddedToTheirParts() throws {
        func page(_ device: Int, _ host: Int) -> String {
            """
            sglang:cached_tokens_total{cache_source="device"} \(device)
            sglang:cached_tokens_total{cache_source="host"} \(host)
            sglang:cached_tokens_total{cache_source="total"} \(device + host)

            """
        }
        #expect(try Watched.twice(page(0, 0), page(20, 10)).figures().cachedTokensPerSecond == 3)
    }

    @Test func failedTransfersAndRefusals() throws {
        func page(_ failed: Int, _ errors: Int) -> String {
            """
            sglang:num_transfer_failed_reqs_total \(failed)
            sglang:num_bootstrap_failed_reqs_total 0
            sglang:http_responses_total{endpoint="/generate",status_code="200",method="POST"} 5
            sglang:http_responses_total{endpoint="/generate",status_code="503",method="POST"} \(errors)

            """
        }
        let figures = try Watched.twice(page(0, 0), page(20, 10)).figures()
        #expect(figures.failedTransfersPerSecond == 2 && figures.errorsPerSecond == 1)
    }
}
