/// What a streamed body is made of.
public enum Framing: Hashable, Sendable, CaseIterable {
    /// Server-sent events.
    case events
    /// One JSON document a line.
    case lines

    public var mediaType: String {
        switch self {
        case .events: "text/event-stream"
        case .lines: "application/x-ndjson"
        }
    }

    /// "a stream of …"
    public var words: String {
        switch self {
        case .events: "events"
        case .lines: "JSON lines"
        }
    }
}
