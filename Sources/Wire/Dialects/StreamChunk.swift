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
    /// Of the generated text, as it stands in the JSON: never fewer than the text itself has.
    public var textBytes = 0
    public var finish: FinishReason?
    public var usage: TokenUsage?
    /// It is about a choice, and not about the answer as a whole.
    public var hasChoice = false
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

    @inline(__always)
    mutating func add(_ text: JSONScanner.Text, as kind: Content) {
        guard !text.isEmpty else { return }
        content.insert(kind)
        textBytes += text.range.count
    }
}
