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

    public func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? { OpenAIFields.scan(event) }
}
