import Measure

/// One streaming API: how to ask, and how to read the answer. A new one is one more file, and one more
/// entry in `Dialects.all`.
public protocol Dialect: Sendable {
    /// Its name in recordings and exports.
    static var name: String { get }
    /// The route behind the API's base ("/chat/completions").
    static var route: String { get }

    init()

    /// A request's body around the place of its prompt.
    func template(for request: RequestShape) -> RequestTemplate

    /// What one event says; nil when the bytes are nothing that it can make sense of.
    func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk?
}

public enum Dialects {
    /// In the order in which discovery tries them.
    public static let all: [any Dialect.Type] = [ChatCompletions.self, TextCompletions.self]
}

/// What a request asks for, beside its prompt.
public struct RequestShape: Hashable, Sendable {
    public var model: String
    public var outputTokens: Int
    public var fields: OptionalFields
    /// False only where a server counts nothing in its streams, to hear a count at all.
    public var streams: Bool

    public init(model: String, outputTokens: Int, fields: OptionalFields, streams: Bool = true) {
        self.model = model
        self.outputTokens = outputTokens
        self.fields = fields
        self.streams = streams
    }
}

/// Request fields that not every server takes; discovery finds out which.
public struct OptionalFields: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `stream_options.include_usage`
    public static let includeUsage = OptionalFields(rawValue: 1)
    /// `stream_options.continuous_usage_stats`; only together with `includeUsage`.
    public static let continuousUsage = OptionalFields(rawValue: 2)
    public static let ignoreEOS = OptionalFields(rawValue: 4)
    public static let minTokens = OptionalFields(rawValue: 8)
    /// llama.cpp's `cache_prompt: false`.
    public static let noPromptCache = OptionalFields(rawValue: 16)
    /// `max_completion_tokens` in place of `max_tokens`.
    public static let maxCompletionTokens = OptionalFields(rawValue: 32)
    public static let temperature = OptionalFields(rawValue: 64)

    private static let names: [(OptionalFields, String)] = [
        (.includeUsage, "include_usage"), (.continuousUsage, "continuous_usage_stats"),
        (.ignoreEOS, "ignore_eos"), (.minTokens, "min_tokens"), (.noPromptCache, "cache_prompt"),
        (.maxCompletionTokens, "max_completion_tokens"), (.temperature, "temperature"),
    ]

    /// Each of them, alone.
    public static let all: [OptionalFields] = names.map(\.0)

    /// The fields by their names on the wire.
    public var wireNames: [String] {
        Self.names.compactMap { contains($0.0) ? $0.1 : nil }
    }
}

/// A request's body, made once an endpoint: the prompt of each request goes between the two parts.
public struct RequestTemplate: Hashable, Sendable {
    public var prefix: [UInt8]
    public var suffix: [UInt8]

    public init(prefix: String, suffix: String) {
        self.prefix = Array(prefix.utf8)
        self.suffix = Array(suffix.utf8)
    }
}
