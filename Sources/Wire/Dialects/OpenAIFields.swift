import Measure

/// What OpenAI's two streaming routes have in common: the request's fields, usage, errors, finish reasons.
enum OpenAIFields {
    /// The members behind the prompt, up to and with the closing brace.
    static func tail(of request: RequestShape) -> String {
        let fields = request.fields
        var members = ["\"stream\":\(request.streams)"]
        let limit = fields.contains(.maxCompletionTokens) ? "max_completion_tokens" : "max_tokens"
        members.append("\"\(limit)\":\(request.outputTokens)")
        if fields.contains(.temperature) { members.append("\"temperature\":0") }
        if request.streams, fields.contains(.includeUsage) {
            let continuous = fields.contains(.continuousUsage) ? ",\"continuous_usage_stats\":true" : ""
            members.append("\"stream_options\":{\"include_usage\":true\(continuous)}")
        }
        if fields.contains(.ignoreEOS) { members.append("\"ignore_eos\":true") }
        if fields.contains(.minTokens) { members.append("\"min_tokens\":\(request.outputTokens)") }
        if fields.contains(.noPromptCache) { members.append("\"cache_prompt\":false") }
        return members.joined(separator: ",") + "}"
    }

    /// One event: `choices`, each read by `choice`, and the members beside it; nil when it can't be followed.
    @inline(__always)
    static func scan(
        _ event: UnsafeRawBufferPointer, choice: (inout JSONScanner, inout StreamChunk) -> Void
    ) -> StreamChunk? {
        if isDone(event) { return .done }
        var chunk = StreamChunk()
        var scanner = JSONScanner(event)
        scanner.object { scanner, key in
            if scanner.matches(key, "choices"), scanner.peek() == UInt8(ascii: "[") {
                scanner.array { scanner, _ in choice(&scanner, &chunk) }
            } else if !scanTopLevel(key, &scanner, &chunk) {
                scanner.skipValue()
            }
        }
        return scanner.failed || !scanner.isAtEnd() ? nil : chunk
    }

    private static func isDone(_ event: UnsafeRawBufferPointer) -> Bool {
        // `[DONE]`, give or take space.
        event.count < 16 && event.contains(UInt8(ascii: "D"))
            && event.drop { $0 == 0x20 }.starts(with: "[DONE]".utf8)
    }

    static func finishReason(_ scanner: inout JSONScanner) -> FinishReason? {
        guard let text = scanner.stringOrSkip(), !text.isEmpty else { return nil }
        if scanner.matches(text, "stop") { return .stop }
        if scanner.matches(text, "length") { return .length }
        if scanner.matches(text, "tool_calls") { return .toolCalls }
        return .other
    }

    static func usage(_ scanner: inout JSONScanner) -> TokenUsage? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            scanner.skipValue()
            return nil
        }
        var usage = TokenUsage()
        scanner.object { scanner, key in
            if scanner.matches(key, "prompt_tokens") {
                usage.prompt = scanner.countOrSkip()
            } else if scanner.matches(key, "completion_tokens") {
                usage.completion = scanner.countOrSkip()
            } else if scanner.matches(key, "prompt_tokens_details"), scanner.peek() == UInt8(ascii: "{") {
                scanner.object { scanner, key in
                    if scanner.matches(key, "cached_tokens") {
                        usage.cached = scanner.countOrSkip()
                    } else {
                        scanner.skipValue()
                    }
                }
            } else {
                scanner.skipValue()
            }
        }
        return usage.isVoid ? nil : usage
    }

    /// The members that stand beside `choices`. False: not one of them, and not consumed.
    private static func scanTopLevel(
        _ key: JSONScanner.Text, _ scanner: inout JSONScanner, _ chunk: inout StreamChunk
    )
        -> Bool
    {
        if scanner.matches(key, "usage") {
            chunk.usage = usage(&scanner)
        } else if scanner.matches(key, "error") {
            chunk.isError = scanner.peek() != UInt8(ascii: "n")
            scanner.skipValue()
        } else if scanner.matches(key, "object") {
            // An older vLLM: {"object":"error","message":…}
            if let text = scanner.stringOrSkip(), scanner.matches(text, "error") { chunk.isError = true }
        } else {
            return false
        }
        return true
    }
}
