/// What a request asks for, beside its prompt.
package struct RequestShape: Hashable, Sendable {
    package var model: String
    package var conversation: Conversation
    package var outputTokens: Int
    package var fields: OptionalFields
    /// False only where a server counts nothing in its streams, to hear a count at all.
    package var streams: Bool

    package init(
        model: String, conversation: Conversation = Conversation(), outputTokens: Int, fields: OptionalFields,
        streams: Bool = true
    ) {
        self.model = model
        self.conversation = conversation
        self.outputTokens = outputTokens
        self.fields = fields
        self.streams = streams
    }
}

/// What is said to a model: the messages so far, and then the prompt, which each request brings itself.
package struct Conversation: Hashable, Sendable {
    package struct Message: Hashable, Sendable {
        package enum Role: String, Sendable {
            case system, user, assistant
        }

        package var role: Role
        package var text: String

        package init(_ role: Role, _ text: String) {
            self.role = role
            self.text = text
        }
    }

    /// Before the prompt; the same for all requests.
    package var before: [Message]

    package init(before: [Message] = []) { self.before = before }

    /// The messages as a JSON array that the prompt cuts in two, as chat APIs have it.
    var asMessages: (start: String, end: String) {
        let messages = before.map { message in
            "{\"role\":\"\(message.role.rawValue)\",\"content\":\(JSONValue.quoted(message.text))},"
        }
        return ("[" + messages.joined() + "{\"role\":\"user\",\"content\":\"", "\"}]")
    }

    /// What comes before the prompt as plain text, in a JSON string without its quotes.
    var asText: String {
        let text = before.map { $0.text + "\n\n" }.joined()
        return String(JSONValue.quoted(text).dropFirst().dropLast())
    }
}

/// A request's body, made once an endpoint: the prompt of each request goes between the two parts.
package struct RequestTemplate: Hashable, Sendable {
    package var prefix: [UInt8]
    package var suffix: [UInt8]

    package init(prefix: String, suffix: String) {
        self.prefix = Array(prefix.utf8)
        self.suffix = Array(suffix.utf8)
    }
}
