import Measure

/// OpenAI's text completions: `choices[].text`, no role chunk.
public struct TextCompletions: Dialect {
    public static let name = "completions"
    public static let route = "/completions"

    public init() {}

    public func template(for request: RequestShape) -> RequestTemplate {
        RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"prompt\":\"",
            suffix: "\"," + OpenAIFields.tail(of: request))
    }

    public func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? {
        OpenAIFields.scan(event, choice: Self.scanChoice)
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
