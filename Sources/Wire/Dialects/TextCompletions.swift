import Measure

/// OpenAI's text completions: `choices[].text`, no role chunk.
public struct TextCompletions: Dialect {
    public static let name = "completions"
    public static let route = "/completions"

    public init() {}

    public func template(for request: RequestShape) -> RequestTemplate {
        RequestTemplate(
            prefix: "{\"model\":\(OpenAIFields.quoted(request.model)),\"prompt\":\"",
            suffix: "\"," + OpenAIFields.tail(of: request))
    }

    public func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? {
        if OpenAIFields.isDone(event) { return .done }
        var chunk = StreamChunk()
        var scanner = JSONScanner(event)
        scanner.object { scanner, key in
            if scanner.matches(key, "choices"), scanner.peek() == UInt8(ascii: "[") {
                scanner.array { scanner, _ in Self.scanChoice(&scanner, &chunk) }
            } else if !OpenAIFields.scanTopLevel(key, &scanner, &chunk) {
                scanner.skipValue()
            }
        }
        return scanner.failed || !scanner.isAtEnd() ? nil : chunk
    }

    private static func scanChoice(_ scanner: inout JSONScanner, _ chunk: inout StreamChunk) {
        scanner.object { scanner, key in
            if scanner.matches(key, "text") {
                if let text = scanner.stringOrSkip(), !text.isEmpty { chunk.content.insert(.text) }
            } else if scanner.matches(key, "finish_reason") {
                chunk.finish = OpenAIFields.finishReason(&scanner)
            } else {
                scanner.skipValue()
            }
        }
    }
}
