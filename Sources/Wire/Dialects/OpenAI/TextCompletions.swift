/// OpenAI's text completions: `choices[].text`, no role chunk.
public struct TextCompletions: OpenAIDialect {
    public static let name = "completions"
    public static let route = "/completions"

    public init() {}

    public static func isRoute(_ path: String) -> Bool {
        path.hasSuffix(route) && !path.hasSuffix(ChatCompletions.route) || isInvocation(path)
    }

    public func template(for request: RequestShape) -> RequestTemplate {
        RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"prompt\":\""
                + request.conversation.asText,
            suffix: "\"," + OpenAIFields.tail(of: request))
    }
}
