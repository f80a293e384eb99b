import Measure

/// What one event of a stream says, as far as measuring goes. A plain value; nothing in it allocates.
public struct StreamChunk: Hashable, Sendable {
    /// What kind of generated text it bears. Empty for role chunks, empty deltas and usage chunks: those
    /// are no tokens.
    public struct Content: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let text = Content(rawValue: 1)
        public static let reasoning = Content(rawValue: 2)
        public static let toolCall = Content(rawValue: 4)
    }

    public var content: Content = []
    public var finish: FinishReason?
    public var usage: TokenUsage?
    /// The stream is over (`[DONE]`).
    public var isDone = false
    /// The event reports an error: the request failed, whatever came before.
    public var isError = false

    public init() {}

    public static let done: StreamChunk = {
        var chunk = StreamChunk()
        chunk.isDone = true
        return chunk
    }()
}

/// The server's own count of tokens, so far or at the end.
public struct TokenUsage: Hashable, Sendable {
    public var prompt: Int?
    public var completion: Int?
    public var cached: Int?

    public init(prompt: Int? = nil, completion: Int? = nil, cached: Int? = nil) {
        self.prompt = prompt
        self.completion = completion
        self.cached = cached
    }

    /// All zero: Ollama puts such a one on every chunk. It says nothing.
    var isVoid: Bool { (prompt ?? 0) == 0 && (completion ?? 0) == 0 }
}
