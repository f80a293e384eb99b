import Measure

/// A row of `canaries.csv`: one request of plimsoll's own. What isn't known is empty, and never 0.
enum CanaryColumns {
    static let names = [
        "time_ns", "time", "run_id", "source_id", "url", "model", "ttft_ms", "tpot_ms", "e2e_ms",
        "connect_ms",
        "input_tokens", "output_tokens", "error", "trial_tokens",
    ]

    /// - Parameter moment: when it had ended.
    static func row(
        of answer: CanaryAnswer, to server: ServerSnapshot, at moment: Moment, session: SessionInfo
    ) -> [ColumnValue] {
        [
            .integer(Int(session.started.unix(moment))), .text(session.started.iso(moment)),
            .text(session.runID), .integer(Int(server.id.index)), .text(server.info.url),
            .text(server.model?.text), .milliseconds(answer.ttft.map(Double.init)),
            .milliseconds(answer.tpot), .milliseconds(answer.e2e.map(Double.init)),
            .milliseconds(answer.connect.map(Double.init)), .integer(answer.promptTokens),
            .integer(answer.outputTokens), .text(answer.failure?.text),
            .integer(answer.beforehand?.tokens),
        ]
    }
}
