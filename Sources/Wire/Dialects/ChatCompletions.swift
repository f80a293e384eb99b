import Measure

/// OpenAI's chat completions, and the many servers that speak it.
public struct ChatCompletions: Dialect {
    public static let name = "chat"
    public static let route = "/chat/completions"

    public init() {}

    public func template(for request: RequestShape) -> RequestTemplate {
        RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"",
            suffix: "\"}]," + OpenAIFields.tail(of: request))
    }

    public func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? {
        OpenAIFields.scan(event, choice: Self.scanChoice)
    }

    private static func scanChoice(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        scanner.object { scanner, key in
            if scanner.matches(key, "delta"), scanner.peek() == UInt8(ascii: "{") {
                scanDelta(&scanner, &chunk)
            } else if scanner.matches(key, "finish_reason") {
                chunk.finish = OpenAIFields.finishReason(&scanner)
            } else {
                scanner.skipValue()
            }
        }
    }

    private static func scanDelta(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        scanner.object { scanner, key in
            if scanner.matches(key, "content") || scanner.matches(key, "refusal") {
                if let text = scanner.stringOrSkip(), !text.isEmpty { chunk.content.insert(.text) }
            } else if scanner.matches(key, "reasoning_content") || scanner.matches(key, "reasoning") {
                if let text = scanner.stringOrSkip(), !text.isEmpty { chunk.content.insert(.reasoning) }
            } else if scanner.matches(key, "tool_calls"), scanner.peek() == UInt8(ascii: "[") {
                scanner.array { scanner, _ in scanToolCall(&scanner, &chunk) }
            } else {
                scanner.skipValue()
            }
        }
    }

    private static func scanToolCall(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        scanner.object { scanner, key in
            guard scanner.matches(key, "function"), scanner.peek() == UInt8(ascii: "{") else {
                return scanner.skipValue()
            }
            scanner.object { scanner, key in
                guard scanner.matches(key, "name") || scanner.matches(key, "arguments") else {
                    return scanner.skipValue()
                }
                if let text = scanner.stringOrSkip(), !text.isEmpty { chunk.content.insert(.toolCall) }
            }
        }
    }
}
