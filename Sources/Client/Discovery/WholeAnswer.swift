import Wire

/// What an answer counts that wasn't streamed.
struct WholeAnswer {
    var usage: TokenUsage

    /// nil: it counts nothing. Its counts stand where a stream's do.
    init?(_ answer: Answer, dialect: any Dialect) {
        guard let said = answer.body.withUnsafeBytes({ dialect.scan($0) })?.usage else { return nil }
        func count(_ value: Int?) -> Int? { value.flatMap { (1...10_000_000).contains($0) ? $0 : nil } }
        usage = TokenUsage(
            prompt: count(said.prompt), completion: count(said.completion), cached: count(said.cached))
        guard self.usage.prompt != nil || self.usage.completion != nil else { return nil }
    }
}
