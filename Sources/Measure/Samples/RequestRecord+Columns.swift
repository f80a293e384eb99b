extension RequestRecord {
    /// The gaps between one request's token-bearing chunks, in nanoseconds.
    package struct ChunkGaps: Hashable, Sendable {
        package var mean: Double
        package var p50: Double?
        package var max: Double

        package init(mean: Double, p50: Double?, max: Double) {
            self.mean = mean
            self.p50 = p50
            self.max = max
        }
    }

    /// The cells that belong to `columnNames`.
    package func columnValues(
        endpoint: EndpointInfo?, anchor: WallAnchor, level: Int?, gaps: ChunkGaps?
    ) -> [ColumnValue] {
        columns(endpoint: endpoint, anchor: anchor, level: level, gaps: gaps).map(\.value)
    }

    /// This request's row. `level` is the one in whose window it ended, if any; `gaps` what its arrivals
    /// say, where they were recorded. Times are nanoseconds since 1970, on the same clock as `levels.csv`.
    ///
    /// `request_start_ns` is when the last byte was handed to the socket, `request_end_ns` when the answer
    /// was complete; `request_latency_ms` is E2E as defined: to the last token, not to the end.
    package func columns(
        endpoint info: EndpointInfo?, anchor: WallAnchor, level: Int?, gaps: ChunkGaps?
    ) -> [Column] {
        [
            Column("request_start_ns", .integer(anchor.unixColumn(sent))),
            Column("request_end_ns", .integer(anchor.unixColumn(end))),
            Column("time_to_first_token_ms", .milliseconds(timeToFirstToken.map(Double.init))),
            Column("time_per_output_token_ms", .milliseconds(timePerOutputToken)),
            Column("inter_chunk_latency_mean_ms", .milliseconds(gaps?.mean)),
            Column("inter_chunk_latency_p50_ms", .milliseconds(gaps?.p50)),
            Column("inter_chunk_latency_max_ms", .milliseconds(gaps?.max)),
            Column("request_latency_ms", .milliseconds(endToEndLatency.map(Double.init))),
            Column("input_sequence_length", .integer(inputTokens)),
            Column("output_sequence_length", .integer(outputTokens)),
            Column("token_source", .text(tokenSource.rawValue)),
            Column("error_code", .text(failure?.kind.rawValue)),
            Column("error", .text(failure?.message.text)),
            Column("http_status", .integer(failure?.status)),
            Column("endpoint", .text(info?.url.text)),
            Column("model", .text(info?.model.text)),
            Column("endpoint_id", .integer(Int(endpoint.index))),
            Column("level", .integer(level)),
            Column("request", .integer(Int(number))),
            Column("user", .integer(Int(user))),
            Column("turn", .integer(Int(turn))),
            Column("connect_ms", .milliseconds(connect.map(Double.init))),
            Column("send_lag_ms", .milliseconds(Double(sendLag))),
            Column("time_to_first_output_ms", .milliseconds(timeToFirstOutput.map(Double.init))),
            Column("cached_tokens", .integer(cachedTokens)),
            Column("requested_output_length", .integer(requestedTokens)),
            Column("chunks", .integer(chunks)),
            Column("finish_reason", .text(finish?.rawValue)),
            Column("resent", .flag(resent)),
            Column("tail_ms", .milliseconds(tail.map(Double.init))),
        ].ordered(by: Self.columnNames)
    }
}

extension RequestRecord {
    /// The columns of `requests.csv`, in order. The first ones have AIPerf's names.
    ///
    /// Written down, since scripts rely on it: a column is never moved and never removed, and a new one comes at
    /// the end.
    package static let columnNames = [
        "request_start_ns", "request_end_ns", "time_to_first_token_ms", "time_per_output_token_ms",
        "inter_chunk_latency_mean_ms", "inter_chunk_latency_p50_ms", "inter_chunk_latency_max_ms",
        "request_latency_ms", "input_sequence_length", "output_sequence_length", "token_source",
        "error_code", "error", "http_status", "endpoint", "model", "endpoint_id", "level", "request",
        "user", "turn", "connect_ms", "send_lag_ms", "time_to_first_output_ms", "cached_tokens",
        "requested_output_length", "chunks", "finish_reason", "resent", "tail_ms",
    ]
}
