/// How a line of Ollama's answers is read.
enum OllamaFields {
    /// nil when it can't be followed.
    static func scan(_ line: UnsafeRawBufferPointer) -> StreamChunk? {
        var chunk = StreamChunk()
        var usage = TokenUsage()
        var scanner = JSONScanner(line)
        scanner.object { scanner, key in
            switch key.range.count {
            case 7 where scanner.matches(key, "message"):
                scanMessage(&scanner, &chunk)
            case 4 where scanner.matches(key, "done"):
                chunk.isDone = scanner.peek() == UInt8(ascii: "t")
                scanner.skipValue()
            case 11 where scanner.matches(key, "done_reason"):
                if let finish = FinishWords.reason(&scanner) { chunk.finish = finish }
            case 10 where scanner.matches(key, "eval_count"):
                usage.completion = scanner.countOrSkip()
            case 17 where scanner.matches(key, "prompt_eval_count"):
                usage.prompt = scanner.countOrSkip()
            case 5 where scanner.matches(key, "error"):
                if scanner.saysAnything() { chunk.isError = true }
            default:
                scanner.skipValue()
            }
        }
        guard !scanner.failed, scanner.isAtEnd() else { return nil }
        if !usage.isVoid { chunk.usage = usage }
        return chunk
    }

    private static func scanMessage(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        guard scanner.peek() == UInt8(ascii: "{") else { return scanner.skipValue() }
        scanner.object { scanner, key in
            let kind: StreamChunk.Content =
                switch key.range.count {
                case 7 where scanner.matches(key, "content"): .text
                case 8 where scanner.matches(key, "thinking"): .reasoning
                case 10 where scanner.matches(key, "tool_calls"): .toolCall
                default: []
                }
            if kind == [] {
                scanner.skipValue()
            } else if let text = scanner.plainString() {
                chunk.add(text, as: kind)
            } else {
                GeneratedText.scan(&scanner, as: kind, into: &chunk)
            }
        }
    }
}
