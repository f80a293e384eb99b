import Measure
import Wire

/// Decides for one answer what its tokens are counted by, from what its chunks were and what the server said
/// of them. The server's count is taken where the answer bears it out, and refused where it can't be.
struct TokenCount {
    /// What it comes to.
    struct Settled: Hashable {
        var outputTokens: Int
        var source: TokenSource
        var firstChunkTokens: Int
        /// The server counted, and its count contradicts its stream.
        var wasRefused: Bool
    }

    private let norm: AnswerNorm
    private(set) var chunks = 0
    private var reasoningChunks = 0
    /// Of generated text: a token has one at least, but for those that have none at all.
    private var bytes = 0

    /// What the server said last.
    private(set) var usage: TokenUsage?
    /// No token-bearing chunk has come since the server's last count: it is the count of the whole.
    private var usageIsLatest = false

    /// Tokens of the chunks so far, as they were handed out; the running count, as long as there is one.
    private var counted = 0
    private var run = Run.mayBegin
    private var firstOfRun = 1
    /// Where each chunk brought a figure: of them all together.
    private var sumOfChunks: Int? = 0

    /// A count on every chunk is a running one only as long as it grows with each.
    private enum Run { case mayBegin, goesOn, broken }

    init(norm: AnswerNorm) { self.norm = norm }

    /// Takes a chunk's usage, before its tokens are counted.
    mutating func note(_ said: TokenUsage) {
        // Makeshift figures count only until better ones come.
        if said.isMakeshift, let usage, !usage.isMakeshift { return }
        if usage == nil { usage = said } else { usage?.update(with: said) }
        usageIsLatest = said.completion != nil || said.total != nil
    }

    /// Takes a token-bearing chunk; returns its tokens.
    mutating func take(_ chunk: StreamChunk) -> Int {
        chunks += 1
        bytes += chunk.textBytes
        if chunk.content.contains(.reasoning) { reasoningChunks += 1 }
        guard let running = chunk.usage?.completion else {
            usageIsLatest = false
            sumOfChunks = nil
            run = .broken
            counted += 1
            return 1
        }
        sumOfChunks = sumOfChunks.map { min($0 + running, WireLimits.tokens + 1) }
        if run != .broken, running > counted, !isTooHigh(running) {
            let tokens = running - counted
            if run == .mayBegin { firstOfRun = tokens }
            counted = running
            run = .goesOn
            return tokens
        }
        // A difference, a count that stands still or one that is nonsense: what was handed out is made good.
        run = .broken
        let tokens = max(1, chunks - counted)
        counted += tokens
        return tokens
    }

    func settled(finish: FinishReason?) -> Settled { atOnce(weighed(finish: finish)) }

    private func weighed(finish: FinishReason?) -> Settled {
        guard chunks > 0 else {
            return Settled(outputTokens: 0, source: .chunks, firstChunkTokens: 1, wasRefused: false)
        }
        if run == .goesOn, let running = runningCount { return running }
        if usageIsLatest, let usage {
            if let total = completions(usage).first(where: isPlausible) {
                return Settled(
                    outputTokens: total, source: .usage, firstChunkTokens: 1, wasRefused: promptIsSenseless)
            }
            return counted(by: finish, wasRefused: true)
        }
        return counted(by: finish, wasRefused: false)
    }

    /// The server left one token out: a last flush bears none, or it can't count. Which, only many answers
    /// together tell.
    func isOneShort(_ settled: Settled) -> Bool {
        settled.source == .usage && settled.outputTokens == chunks - 1
    }

    /// The answer by its chunks, where the server's counts are found wrong for all answers together.
    func refused(finish: FinishReason?) -> Settled { atOnce(counted(by: finish, wasRefused: true)) }

    /// Where all came in one chunk, all tokens are the first chunk's.
    private func atOnce(_ settled: Settled) -> Settled {
        guard chunks == 1 else { return settled }
        var settled = settled
        settled.firstChunkTokens = max(1, settled.outputTokens)
        return settled
    }

    // MARK: The prompt

    /// As far as the request can bear it.
    var promptTokens: Int? { usage?.prompt.flatMap { $0 > 0 && $0 <= norm.promptLimit ? $0 : nil } }

    var cachedTokens: Int? {
        usage?.cached.flatMap { $0 <= promptTokens ?? norm.promptLimit ? $0 : nil }
    }

    private var promptIsSenseless: Bool { usage?.prompt.map { $0 > norm.promptLimit } ?? false }

    // MARK: Private

    /// By the running count; nil where it counts what was hidden.
    private var runningCount: Settled? {
        let first = max(1, firstOfRun)
        let count = Settled(
            outputTokens: counted, source: .usageStream, firstChunkTokens: first,
            wasRefused: promptIsSenseless)
        guard usageIsLatest, let usage else { return count }
        guard let total = completions(usage).first(where: isPlausible) else { return count.withRefusal }
        if total >= counted {
            return Settled(
                outputTokens: total, source: .usageStream, firstChunkTokens: first,
                wasRefused: promptIsSenseless)
        }
        return total == usage.completion ? count.withRefusal : nil
    }

    /// By what came, and by what was asked for.
    private func counted(by finish: FinishReason?, wasRefused: Bool) -> Settled {
        let perChunk = max(1, norm.tokensPerChunk)
        let estimate = Int(min((Double(chunks) * perChunk).rounded(), Double(WireLimits.tokens)))
        let first = min(max(1, Int(min(perChunk, 1e6).rounded())), estimate)
        let refused = wasRefused || promptIsSenseless
        if finish == .length, let limit = norm.requestedTokens, limit != chunks, bears(limit, estimate) {
            return Settled(
                outputTokens: limit, source: .limit, firstChunkTokens: min(first, limit), wasRefused: refused)
        }
        return Settled(
            outputTokens: estimate, source: estimate == chunks ? .chunks : .estimate,
            firstChunkTokens: first, wasRefused: refused)
    }

    /// An answer may end at another limit than the one that was asked for: that of the model's context.
    private func bears(_ limit: Int, _ estimate: Int) -> Bool {
        guard limit >= chunks - 1, limit <= bytes else { return false }
        return norm.tokensPerChunk <= 1 || limit <= 2 * estimate && estimate <= 2 * limit
    }

    /// What the server's figures may mean, the likeliest first.
    private func completions(_ usage: TokenUsage) -> [Int] {
        let rest = usage.total.flatMap { total in
            usage.prompt.flatMap { total >= $0 ? total - $0 : nil }
        }
        guard let said = usage.completion ?? rest else { return [] }
        var candidates: [Int] = []
        if reasoningChunks == 0, let hidden = usage.reasoning, hidden > 0, said > hidden {
            // Tokens that nobody has seen.
            candidates.append(said - hidden)
        }
        if reasoningChunks > 0, said < chunks {
            // Those that were seen have been left out.
            candidates += [rest, usage.reasoning.map { said + $0 }].compactMap { $0 }.filter { $0 >= chunks }
        }
        if said < chunks, let sumOfChunks, sumOfChunks >= chunks {
            // A difference on every chunk instead of a sum.
            candidates.append(sumOfChunks)
        }
        candidates.append(said)
        return candidates
    }

    private func isPlausible(_ count: Int) -> Bool {
        count >= max(1, chunks - 1) && !isTooHigh(count)
    }

    /// Above both the tokens asked for and the bytes generated; where nothing was asked for, above all bounds.
    private func isTooHigh(_ count: Int) -> Bool {
        if count > WireLimits.tokens { return true }
        guard let requested = norm.requestedTokens else { return false }
        return count > requested && count > bytes
    }
}

extension TokenCount.Settled {
    fileprivate var withRefusal: Self {
        var refused = self
        refused.wasRefused = true
        return refused
    }
}
