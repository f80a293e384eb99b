import Measure

/// What OpenAI's routes have in common, for all the servers that speak them.
package protocol OpenAIDialect: Dialect {}

extension OpenAIDialect {
    package static var family: String { "an OpenAI-compatible endpoint" }
    package static var modelsRoute: String { "/models" }
    package static var framing: Framing { .events }
    package static var endMark: String { "[DONE]" }

    package static func base(of path: String) -> String { path.isEmpty ? "/v1" : path }

    /// Databricks' route says nothing of what is asked for.
    static func isInvocation(_ path: String) -> Bool { path.hasSuffix("/invocations") }

    package static func fields(for server: ListedModels) -> RequestFields {
        var wanted: [OptionalFields] = [
            .includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature,
        ]
        // llama.cpp would find the prompts of a trial in its cache.
        if !Set(server.servers).isDisjoint(with: ["llama.cpp", "llamacpp"]) { wanted.append(.noPromptCache) }
        // Only a part of it may be too much: the count at the end is worth more than that on each chunk.
        let streamOptions: [OptionalFields] = [.continuousUsage, .includeUsage]
        return RequestFields(
            wanted: wanted, groups: ["stream_options": streamOptions, "include_usage": streamOptions],
            limitNames: ["max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens"],
            otherLimit: .maxCompletionTokens)
    }

    package static func models(in document: JSONValue) -> ListedModels? { OpenAIModels.list(document) }

    package func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? { OpenAIFields.scan(event) }

    package static func finishWord(in event: JSONValue) -> String? {
        event["choices"]?.array?.lazy.compactMap { choice in
            choice["finish_reason"]?.string ?? choice["finish_reason"]?["type"]?.string
        }.first
    }

    package static func isWholeAnswer(_ document: JSONValue) -> Bool { document["choices"] != nil }

    /// Its counts stand where a stream's do.
    package static func usage(ofWhole body: [UInt8]) -> TokenUsage? {
        body.withUnsafeBytes { OpenAIFields.scan($0) }?.usage?.bounded
    }
}

extension TokenUsage {
    /// Without counts that make no sense; nil when nothing is left.
    var bounded: TokenUsage? {
        func count(_ value: Int?) -> Int? { value.flatMap { (1...10_000_000).contains($0) ? $0 : nil } }
        let bounded = TokenUsage(prompt: count(prompt), completion: count(completion), cached: count(cached))
        return bounded.prompt != nil || bounded.completion != nil ? bounded : nil
    }
}
