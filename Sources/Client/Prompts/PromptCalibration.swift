/// Finds how many words make a prompt of the length asked for, without a tokenizer: the server's own
/// `usage.prompt_tokens` of a few prompts gives tokens = overhead + ratio × words, the overhead being the
/// chat template's.
package struct PromptCalibration: Hashable, Sendable {
    package let targetTokens: Int
    /// Words and the tokens that the server counted for them, in the order tried.
    public private(set) var observations: [Observation] = []

    package struct Observation: Hashable, Sendable {
        package var words: Int
        package var tokens: Int
    }

    package init(targetTokens: Int) { self.targetTokens = max(1, targetTokens) }

    package mutating func observe(words: Int, tokens: Int) {
        observations.append(Observation(words: words, tokens: tokens))
    }

    /// The number of words to try next, or to go on with. At least one.
    package var words: Int {
        guard let last = observations.last else { return max(1, targetTokens) }
        // Two prompts of different length give the ratio; a single one can't tell it from the overhead.
        var ratio =
            last.words > 0 && last.tokens > last.words ? min(2, Double(last.tokens) / Double(last.words)) : 1
        if let other = observations.dropLast().last(where: { $0.words != last.words }) {
            let slope = Double(last.tokens - other.tokens) / Double(last.words - other.words)
            if slope > 0.2, slope < 20 { ratio = slope }
        } else if observations.count == 1 {
            ratio = 1
        }
        let missing = Double(targetTokens - last.tokens) / ratio
        return max(1, last.words + Int(missing.rounded()))
    }

    /// The last prompt was within 2 % or two tokens of the length asked for.
    package var isSettled: Bool {
        guard let last = observations.last else { return false }
        return abs(last.tokens - targetTokens) <= tolerance
    }

    package var tolerance: Int { max(2, targetTokens / 50) }
}
