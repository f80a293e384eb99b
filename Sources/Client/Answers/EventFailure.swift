import Measure
import Wire

/// Why an event fails its request. Off the hot path: here the whole event is parsed.
enum EventFailure {
    /// It says that it is an error, by its name or by its members.
    static func error(_ event: UnsafeRawBufferPointer, _ scrubber: Scrubber) -> RequestFailure {
        let said = JSONValue(parsing: event)?.errorMessage.map { scrubber.shown($0) }
        let plain = scrubber.shown(of: event)
        let words: Shown = said ?? (plain.text.isEmpty ? "an error without words" : plain)
        return RequestFailure(kind: .inStream, status: 200, message: "error in the stream: \(words)")
    }

    /// Its finish reason is that of a failure.
    static func brokenOff(
        _ event: UnsafeRawBufferPointer, _ dialect: any Dialect.Type, _ scrubber: Scrubber
    ) -> RequestFailure {
        let reason = JSONValue(parsing: event).flatMap(dialect.finishWord)
        return RequestFailure(
            kind: .inStream, status: 200,
            message:
                "the server broke the answer off: finish_reason \(scrubber.shown(reason ?? "?", limit: 60))")
    }

    static func malformed(_ event: UnsafeRawBufferPointer, _ scrubber: Scrubber) -> RequestFailure {
        RequestFailure(
            kind: .malformed, status: 200,
            message: "an event that is not JSON: “\(scrubber.shown(of: event, limit: 60))”")
    }
}
