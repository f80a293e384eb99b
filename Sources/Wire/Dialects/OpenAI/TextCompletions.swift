/// OpenAI's text completions: `choices[].text`, no role chunk.
package struct TextCompletions: OpenAIDialect {
    package static let name = "completions"
    package static let route = "/completions"

    package init() {}

    package static func isRoute(_ path: String) -> Bool {
        path.hasSuffix(route) && !path.hasSuffix(ChatCompletions.route) || isInvocation(path)
    }

    package func template(for request: RequestShape) -> RequestTemplate {
        RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"prompt\":\""
                + request.conversation.asText,
            suffix: "\"," + OpenAIFields.tail(of: request))
    }
}
