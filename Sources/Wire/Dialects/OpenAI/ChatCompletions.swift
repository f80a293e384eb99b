/// OpenAI's chat completions, and the many servers that speak it.
package struct ChatCompletions: OpenAIDialect {
    package static let name = "chat"
    package static let route = "/chat/completions"

    package init() {}

    package static func isRoute(_ path: String) -> Bool { path.hasSuffix(route) || isInvocation(path) }

    package func template(for request: RequestShape) -> RequestTemplate {
        let messages = request.conversation.asMessages
        return RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"messages\":\(messages.start)",
            suffix: "\(messages.end)," + OpenAIFields.tail(of: request))
    }
}
