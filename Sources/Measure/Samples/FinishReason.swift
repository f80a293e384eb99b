/// Why the server says that it stopped generating.
public enum FinishReason: String, Hashable, Sendable, Codable {
    case stop
    case length
    case toolCalls = "tool_calls"
    case other
}
