/// OpenAI's chat completions, and the many servers that speak it.
public struct ChatCompletions: OpenAIDialect {
    public static let name = "chat"
    public static let route = "/chat/completions"

    public init() {}

    public static func isRoute(_ path: String) -> Bool { path.hasSuffix(route) || isInvocation(path) }

    public func template(for request: RequestShape) -> RequestTemplate {
        let messages = request.conversation.asMessages
        return RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"messages\":\(messages.start)",
            suffix: "\(messages.end)," + OpenAIFields.tail(of: request))
    }
}
