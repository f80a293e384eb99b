/// What a streamed body is made of.
package enum Framing: Hashable, Sendable, CaseIterable {
    /// Server-sent events.
    case events
    /// One JSON document a line.
    case lines

    package var mediaType: String {
        switch self {
        case .events: "text/event-stream"
        case .lines: "application/x-ndjson"
        }
    }

    /// "a stream of …"
    package var words: String {
        switch self {
        case .events: "events"
        case .lines: "JSON lines"
        }
    }
}
