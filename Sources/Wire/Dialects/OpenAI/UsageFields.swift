/// Reads token counts, by all the names that are in use for them.
enum UsageFields {
    /// Consumes the value that comes next; nil when it says nothing.
    static func usage(_ scanner: inout JSONScanner) -> TokenUsage? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            scanner.skipValue()
            return nil
        }
        var usage = TokenUsage()
        scanner.object { scanner, key in
            if let field = field(key, scanner) {
                guard let count = scanner.countOrSkip() else { return }
                switch field {
                case .prompt: usage.prompt = count
                case .completion: usage.completion = count
                case .total: usage.total = count
                case .cached: usage.cached = count
                case .reasoning: usage.reasoning = count
                }
            } else if isDetails(key, scanner), scanner.peek() == UInt8(ascii: "{") {
                scanner.object { scanner, key in
                    if scanner.matches(key, "cached_tokens") {
                        usage.cached = scanner.countOrSkip() ?? usage.cached
                    } else if scanner.matches(key, "reasoning_tokens") {
                        usage.reasoning = scanner.countOrSkip() ?? usage.reasoning
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

    /// The usage that is a member of the object that comes next (`x_groq`, `message`).
    static func usageInside(_ scanner: inout JSONScanner) -> TokenUsage? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            scanner.skipValue()
            return nil
        }
        var found: TokenUsage?
        scanner.object { scanner, key in
            if scanner.matches(key, "usage") {
                found = usage(&scanner)
            } else {
                scanner.skipValue()
            }
        }
        return found
    }

    /// llama.cpp's `timings`: tokens of the prompt that were worked on, and those that were in the cache.
    static func timings(_ scanner: inout JSONScanner) -> TokenUsage? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            scanner.skipValue()
            return nil
        }
        var usage = TokenUsage()
        scanner.object { scanner, key in
            if scanner.matches(key, "prompt_n") {
                usage.prompt = scanner.countOrSkip()
            } else if scanner.matches(key, "predicted_n") {
                usage.completion = scanner.countOrSkip()
            } else if scanner.matches(key, "cache_n") {
                usage.cached = scanner.countOrSkip()
            } else {
                scanner.skipValue()
            }
        }
        usage.isMakeshift = true
        if let prompt = usage.prompt, let cached = usage.cached { usage.prompt = prompt + cached }
        return usage.isVoid ? nil : usage
    }

    private enum Field { case prompt, completion, total, cached, reasoning }

    private static func field(_ key: JSONScanner.Text, _ scanner: JSONScanner) -> Field? {
        switch key.range.count {
        case 13 where scanner.matches(key, "prompt_tokens"), 12 where scanner.matches(key, "input_tokens"),
            11 where scanner.matches(key, "inputTokens"), 15 where scanner.matches(key, "inputTokenCount"),
            12 where scanner.matches(key, "promptTokens"),
            16 where scanner.matches(key, "promptTokenCount"):
            .prompt
        case 17 where scanner.matches(key, "completion_tokens"),
            13 where scanner.matches(key, "output_tokens"), 12 where scanner.matches(key, "outputTokens"),
            16 where scanner.matches(key, "outputTokenCount"),
            16 where scanner.matches(key, "completionTokens"),
            16 where scanner.matches(key, "generated_tokens"),
            20 where scanner.matches(key, "candidatesTokenCount"):
            .completion
        case 12 where scanner.matches(key, "total_tokens"), 11 where scanner.matches(key, "totalTokens"),
            15 where scanner.matches(key, "totalTokenCount"):
            .total
        case 16 where scanner.matches(key, "reasoning_tokens"): .reasoning
        case 13 where scanner.matches(key, "cached_tokens"),
            23 where scanner.matches(key, "prompt_cache_hit_tokens"),
            23 where scanner.matches(key, "cache_read_input_tokens"):
            .cached
        default: nil
        }
    }

    private static func isDetails(_ key: JSONScanner.Text, _ scanner: JSONScanner) -> Bool {
        switch key.range.count {
        case 21:
            scanner.matches(key, "prompt_tokens_details") || scanner.matches(key, "output_tokens_details")
        case 25: scanner.matches(key, "completion_tokens_details")
        case 20: scanner.matches(key, "input_tokens_details")
        default: false
        }
    }
}
