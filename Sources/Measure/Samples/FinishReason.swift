/// Why the server says that it stopped generating.
package enum FinishReason: String, Hashable, Sendable, Codable {
    case stop
    case length
    case toolCalls = "tool_calls"
    /// The server gave up: abort, error, cancelled and the like. The request failed.
    case brokenOff = "broken-off"
    case other
}
