import Measure

extension RequestRecord {
    /// Takes over what was read of the answer, complete or not.
    mutating func take(_ answer: AnswerReader, counted settled: TokenCount.Settled) {
        first = answer.first
        last = answer.last
        firstContent = answer.firstContent
        chunks = answer.chunks
        finish = answer.finish
        firstChunkTokens = settled.firstChunkTokens
        outputTokens = settled.outputTokens
        tokenSource = settled.source
        countRefused = settled.wasRefused
        inputTokens = answer.count.promptTokens
        cachedTokens = answer.count.cachedTokens
    }
}
