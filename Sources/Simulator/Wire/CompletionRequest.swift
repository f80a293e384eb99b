import NIOCore
import Wire

/// What a completion request asks for.
struct CompletionRequest {
    enum Kind {
        case chat, text
    }

    /// An answer in OpenAI's error shape.
    struct Refusal: Error {
        var status: Int
        var message: String
        var type: String
        var parameter: String?
    }

    var kind: Kind
    var model: String
    var promptTokens: Int
    var maxTokens: Int?
    var minTokens: Int
    var ignoresEOS: Bool
    var streams: Bool
    var includesUsage: Bool
    var continuousUsage: Bool
    private var fields: JSONValue

    init(_ kind: Kind, body: ByteBuffer) throws(Refusal) {
        self.kind = kind
        guard let json = JSONValue(parsing: body.readableBytesView), case .object = json else {
            throw Refusal(status: 400, message: "The body is not a JSON object", type: "Bad Request")
        }
        fields = json
        guard let model = json["model"]?.string else { throw Self.invalid("model", "should be a string") }
        self.model = model
        switch kind {
        case .chat: promptTokens = try Self.chatTokens(json)
        case .text: promptTokens = try Self.textTokens(json)
        }
        maxTokens = try Self.count(json, "max_tokens")
        if let newer = try Self.count(json, "max_completion_tokens") { maxTokens = newer }
        minTokens = try Self.count(json, "min_tokens") ?? 0
        ignoresEOS = try Self.flag(json, "ignore_eos")
        streams = try Self.flag(json, "stream")
        includesUsage = false
        continuousUsage = false
        if let options = json["stream_options"], options != .null {
            guard case .object = options else { throw Self.invalid("stream_options", "should be an object") }
            guard streams else {
                throw Self.invalid("stream_options", "is only allowed when stream is true")
            }
            includesUsage = try Self.flag(options, "include_usage")
            continuousUsage = try Self.flag(options, "continuous_usage_stats")
        }
        if maxTokens == 0 { throw Self.invalid("max_tokens", "should be at least 1") }
        if let maxTokens, minTokens > maxTokens {
            throw Self.invalid("min_tokens", "should not be greater than max_tokens")
        }
    }

    /// Whether the request has the field, at the top or among the stream options.
    func has(_ field: String) -> Bool {
        fields[field] != nil || fields["stream_options"]?[field] != nil
    }

    private static func chatTokens(_ json: JSONValue) throws(Refusal) -> Int {
        guard case .array(let messages)? = json["messages"], !messages.isEmpty else {
            throw invalid("messages", "should be a list of messages")
        }
        var tokens = PromptCounter.chatTemplate
        for message in messages {
            guard message["role"]?.string != nil else { throw invalid("messages", "should each have a role") }
            switch message["content"] {
            case .string(let text)?: tokens += PromptCounter.tokens(in: text)
            case .array(let parts)?:
                for part in parts { tokens += PromptCounter.tokens(in: part["text"]?.string ?? "") }
            case .null?, nil: break
            default: throw invalid("messages", "should have text as content")
            }
        }
        return tokens
    }

    private static func textTokens(_ json: JSONValue) throws(Refusal) -> Int {
        switch json["prompt"] {
        case .string(let text)?: return PromptCounter.textTemplate + PromptCounter.tokens(in: text)
        case .array(let tokens)?: return tokens.count
        default: throw invalid("prompt", "should be a string or a list of tokens")
        }
    }

    private static func count(_ json: JSONValue, _ name: String) throws(Refusal) -> Int? {
        guard let value = json[name], value != .null else { return nil }
        guard let count = value.integer, (0...1 << 24).contains(count) else {
            throw invalid(name, "should be a whole number, not negative")
        }
        return count
    }

    private static func flag(_ json: JSONValue, _ name: String) throws(Refusal) -> Bool {
        guard let value = json[name], value != .null else { return false }
        guard let flag = value.bool else { throw invalid(name, "should be true or false") }
        return flag
    }

    static func invalid(_ name: String, _ problem: String) -> Refusal {
        Refusal(
            status: 400, message: "1 validation error: \(name) \(problem)", type: "Bad Request",
            parameter: "body.\(name)")
    }
}
