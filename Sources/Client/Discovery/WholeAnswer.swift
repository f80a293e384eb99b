import Wire

/// What an answer counts that wasn't streamed.
struct WholeAnswer {
    var usage: TokenUsage

    /// nil: it counts nothing.
    init?(_ answer: Answer) {
        guard let usage = JSONValue(parsing: answer.body)?["usage"] else { return nil }
        func count(_ value: JSONValue?) -> Int? {
            value?.int.flatMap { (1...10_000_000).contains($0) ? $0 : nil }
        }
        self.usage = TokenUsage(
            prompt: count(usage["prompt_tokens"]), completion: count(usage["completion_tokens"]),
            cached: count(usage["prompt_tokens_details"]?["cached_tokens"]))
        guard self.usage.prompt != nil || self.usage.completion != nil else { return nil }
    }
}
