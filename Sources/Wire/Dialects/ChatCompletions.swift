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

    public func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? { OpenAIFields.scan(event) }
}
