package import Measure

/// What one event of a stream says, as far as measuring goes. A plain value; nothing in it allocates.
package struct StreamChunk: Hashable, Sendable {
    /// What kind of generated text it bears. Empty for role chunks, empty deltas and usage chunks: those
    /// are no tokens.
    package struct Content: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let text = Content(rawValue: 1)
        package static let reasoning = Content(rawValue: 2)
        package static let toolCall = Content(rawValue: 4)
    }

    package var content: Content = []
    /// Of the generated text, as it stands in the JSON: never fewer than the text itself has.
    package var textBytes = 0
    package var finish: FinishReason?
    package var usage: TokenUsage?
    /// It is about a choice, and not about the answer as a whole.
    package var hasChoice = false
    /// The stream is over (`[DONE]`).
    package var isDone = false
    /// The event reports an error: the request failed, whatever came before.
    package var isError = false

    package init() {}

    package static let done: StreamChunk = {
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
