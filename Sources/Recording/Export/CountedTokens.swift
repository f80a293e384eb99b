import Measure

/// Tokens as the server counted them at the end of answers, beside what their chunks said. Where the server
/// counts only there, its count is spread evenly over the chunks.
struct CountedTokens {
    private var byServer = 0.0
    private var byChunks = 0.0

    init() {}

    init(of record: RequestRecord, chunks: Int) {
        guard record.succeeded, record.tokenSource.isKnownAtEnd, chunks > 0 else { return }
        byServer = Double(record.outputTokens)
        byChunks = Double(chunks)
    }

    mutating func add(_ other: CountedTokens) {
        byServer += other.byServer
        byChunks += other.byChunks
    }

    /// What a chunk's token counts for.
    var share: Double { byChunks > 0 ? byServer / byChunks : 1 }
}
