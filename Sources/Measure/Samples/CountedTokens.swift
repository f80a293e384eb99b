/// Tokens as the server counted them at the end of answers, beside what their chunks said. Where the server
/// counts only there, its count is spread evenly over the chunks.
package struct CountedTokens: Hashable, Sendable {
    private var byServer = 0.0
    private var byChunks = 0.0

    package init() {}

    /// - Parameter chunks: the answer's tokens as its chunks had them.
    package init(of record: RequestRecord, chunks: Int) {
        guard record.succeeded, record.tokenSource.isKnownAtEnd, chunks > 0 else { return }
        byServer = Double(record.outputTokens)
        byChunks = Double(chunks)
    }

    package mutating func add(_ other: CountedTokens) {
        byServer += other.byServer
        byChunks += other.byChunks
    }

    /// What a chunk's token counts for.
    package var share: Double { byChunks > 0 ? byServer / byChunks : 1 }
}

extension Int {
    /// Stays at the end of the range instead of trapping: what is added may be a server's number.
    package mutating func addClamped(_ other: Int) {
        let (sum, overflow) = addingReportingOverflow(other)
        self = overflow ? (other > 0 ? .max : .min) : sum
    }
}
