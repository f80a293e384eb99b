import Measure

/// What OpenAI's two streaming routes have in common: the request's fields, and how answers are read.
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

    /// One event: its choices and the members beside them; nil when it can't be followed. Both routes are
    /// read alike: some servers answer each in the other's words.
    static func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? {
        if isDone(event) { return .done }
        var chunk = StreamChunk()
        var hasFailureSign = false
        var scanner = JSONScanner(event)
        scanner.object { scanner, key in
            if scanner.matches(key, "choices"), scanner.peek() == UInt8(ascii: "[") {
                scanner.array { scanner, _ in scanChoice(&scanner, &chunk) }
            } else if scanTopLevel(key, &scanner, &chunk) {
                return
            } else if let says = FailureSigns.says(key, &scanner) {
                if says { hasFailureSign = true }
            } else if scanner.peek() == UInt8(ascii: "{") {
                // `x_groq`, and whatever else a gateway calls it.
                useUnlessKnown(UsageFields.usageInside(&scanner), &chunk)
            } else {
                scanner.skipValue()
            }
        }
        if hasFailureSign, !chunk.hasChoice, chunk.usage == nil { chunk.isError = true }
        return scanner.failed || !scanner.isAtEnd() ? nil : chunk
    }

    /// `[DONE]`, whatever its case, give or take space.
    private static func isDone(_ event: UnsafeRawBufferPointer) -> Bool {
        guard event.count < 16 else { return false }
        let rest = event.drop { $0 == 0x20 }
        guard rest.first == UInt8(ascii: "[") else { return false }
        return rest.prefix(6).elementsEqual("[DONE]".utf8) || rest.prefix(6).elementsEqual("[done]".utf8)
    }

    // MARK: Choices

    private static func scanChoice(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        guard scanner.peek() == UInt8(ascii: "{") else { return scanner.skipValue() }
        chunk.hasChoice = true
        var hasDelta = false
        // Where there is no delta, the text stands in one of these.
        var instead = StreamChunk()
        scanner.object { scanner, key in
            switch key.range.count {
            case 5 where scanner.matches(key, "delta"):
                hasDelta = true
                scanDelta(&scanner, &chunk)
            case 4 where scanner.matches(key, "text"):
                if let text = scanner.plainString() {
                    instead.add(text, as: .text)
                } else {
                    GeneratedText.scan(&scanner, as: .text, into: &instead)
                }
            case 7 where scanner.matches(key, "message"):
                scanDelta(&scanner, &instead)
            case 13 where scanner.matches(key, "finish_reason"):
                if let finish = FinishWords.reason(&scanner) { chunk.finish = finish }
            case 5 where scanner.matches(key, "usage"):
                useUnlessKnown(UsageFields.usage(&scanner), &chunk)
            case 5 where scanner.matches(key, "error"):
                if scanner.saysAnything() { chunk.isError = true }
            default:
                scanner.skipValue()
            }
        }
        if instead.isError { chunk.isError = true }
        if hasDelta || instead.content.isEmpty { return }
        chunk.content.formUnion(instead.content)
        chunk.textBytes += instead.textBytes
    }

    private static func scanDelta(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        guard scanner.peek() == UInt8(ascii: "{") else {
            return GeneratedText.scan(&scanner, as: .text, into: &chunk)
        }
        scanner.object { scanner, key in
            let kind: StreamChunk.Content =
                switch key.range.count {
                case 7 where scanner.matches(key, "content") || scanner.matches(key, "refusal"): .text
                case 9 where scanner.matches(key, "reasoning"): .reasoning
                case 17 where scanner.matches(key, "reasoning_content"): .reasoning
                case 4 where scanner.matches(key, "role"): []
                default: .toolCall
                }
            if kind == [] {
                scanner.skipValue()
            } else if kind == .toolCall {
                scanOther(key, &scanner, &chunk)
            } else if let text = scanner.plainString() {
                chunk.add(text, as: kind)
            } else {
                GeneratedText.scan(&scanner, as: kind, into: &chunk)
            }
        }
    }

    /// A member of a delta other than the plain ones.
    private static func scanOther(
        _ key: JSONScanner.Text, _ scanner: inout JSONScanner, _ chunk: inout StreamChunk
    ) {
        if scanner.matches(key, "error") {
            if scanner.saysAnything() { chunk.isError = true }
        } else if scanner.matches(key, "usage") {
            useUnlessKnown(UsageFields.usage(&scanner), &chunk)
        } else {
            GeneratedText.scanMember(key, &scanner, as: .text, into: &chunk)
        }
    }

    // MARK: Beside the choices

    /// False: not one of the members that matter, and not consumed.
    private static func scanTopLevel(
        _ key: JSONScanner.Text, _ scanner: inout JSONScanner, _ chunk: inout StreamChunk
    ) -> Bool {
        switch key.range.count {
        case 5 where scanner.matches(key, "usage"):
            if let usage = UsageFields.usage(&scanner) { chunk.usage = usage }
        case 5 where scanner.matches(key, "error"), 6 where scanner.matches(key, "errors"),
            10 where scanner.matches(key, "error_code"):
            if scanner.saysAnything() { chunk.isError = true }
        case 6 where scanner.matches(key, "object"), 4 where scanner.matches(key, "type"):
            // An older vLLM: {"object":"error","message":…}
            if let text = scanner.stringOrSkip(), scanner.matches(text, "error") { chunk.isError = true }
        case 9 where scanner.matches(key, "base_resp"):
            if FailureSigns.isFailingObject(&scanner) { chunk.isError = true }
        case 7 where scanner.matches(key, "metrics"), 11 where scanner.matches(key, "token_usage"),
            13 where scanner.matches(key, "usageMetadata"), 14 where scanner.matches(key, "usage_metadata"),
            32 where scanner.matches(key, "amazon-bedrock-invocationMetrics"):
            useUnlessKnown(UsageFields.usage(&scanner), &chunk)
        case 7 where scanner.matches(key, "timings"):
            useUnlessKnown(UsageFields.timings(&scanner), &chunk)
        default:
            return false
        }
        return true
    }

    /// `usage` itself goes before all that stands elsewhere.
    private static func useUnlessKnown(_ usage: TokenUsage?, _ chunk: inout StreamChunk) {
        if chunk.usage == nil || chunk.usage?.isMakeshift == true { chunk.usage = usage ?? chunk.usage }
    }
}
