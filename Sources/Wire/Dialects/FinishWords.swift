import Measure

/// What servers call the reasons for which they stop.
enum FinishWords {
    /// Consumes the value that comes next: a word, or an object with the word as its `type`.
    static func reason(_ scanner: inout JSONScanner) -> FinishReason? {
        switch scanner.peek() {
        case UInt8(ascii: "\""):
            return scanner.string().flatMap { reason($0, scanner) }
        case UInt8(ascii: "{"):
            var found: FinishReason?
            scanner.object { scanner, key in
                if scanner.matches(key, "type"), scanner.peek() == UInt8(ascii: "\"") {
                    found = scanner.string().flatMap { reason($0, scanner) }
                } else {
                    scanner.skipValue()
                }
            }
            return found
        default:
            scanner.skipValue()
            return nil
        }
    }

    private static func reason(_ text: JSONScanner.Text, _ scanner: JSONScanner) -> FinishReason? {
        if text.isEmpty { return nil }
        if scanner.matches(text, "stop") { return .stop }
        if scanner.matches(text, "length") { return .length }
        if scanner.matches(text, "tool_calls") { return .toolCalls }
        return reason(named: String(decoding: scanner.bytes(of: text).prefix(100), as: UTF8.self))
    }

    /// The rarer words. `content_filter` and its like are no failure: the server did what it is meant to do,
    /// and its tokens were paid for.
    static func reason(named word: String) -> FinishReason? {
        let word = word.lowercased()
        if ["null", "none", "not_finished", "finish_reason_unspecified"].contains(word) { return nil }
        if brokenOff.contains(where: { word.contains($0) }) { return .brokenOff }
        if ["stop", "eos", "eos_token", "stop_sequence", "stop_token", "end_turn"].contains(word) {
            return .stop
        }
        if ["length", "max_tokens", "max_length", "max_new_tokens", "limit"].contains(word) {
            return .length
        }
        if ["tool_calls", "tool_call", "tool_use", "function_call"].contains(word) { return .toolCalls }
        return .other
    }

    /// "abort", "aborted", "error", "network_error", "cancelled", "insufficient_system_resource" (DeepSeek)…
    private static let brokenOff = [
        "abort", "cancel", "crash", "disconnect", "error", "exception", "fail", "insufficient", "interrupt",
        "killed", "overload", "preempt", "shutdown", "timeout", "timed_out", "unavailable",
    ]
}
