/// An event's data that no dialect can follow: heartbeats of some servers, or a broken stream?
package enum OddEvent {
    /// Words that are no JSON (`ping`, `[HEARTBEAT]`, nothing at all) and whole JSON of another shape do no
    /// harm. What looks like JSON and isn't whole is a stream that was cut or garbled.
    package static func isHarmless(_ data: UnsafeRawBufferPointer) -> Bool {
        !looksLikeJSON(data) || isWholeJSON(data)
    }

    /// Words, a JSON string or a list that tell of a failure: "Internal Server Error", `[{"error":…}]`.
    package static func saysFailure(_ data: UnsafeRawBufferPointer) -> Bool {
        let text = data.trimmed
        guard let first = text.first else { return false }
        if first == UInt8(ascii: "["), let elements = JSONValue(parsing: text)?.array {
            return elements.contains { $0["error"] != nil && $0.errorMessage != nil }
        }
        return first != UInt8(ascii: "{") && FailureWords.speak(text)
    }

    /// Begins with a brace, or with a bracket that no plain word follows; or ends with one of them.
    private static func looksLikeJSON(_ data: UnsafeRawBufferPointer) -> Bool {
        let text = data.trimmed
        guard let first = text.first, let last = text.last else { return false }
        if first == UInt8(ascii: "["), last == UInt8(ascii: "]"), isWord(text.dropFirst().dropLast()) {
            return false
        }
        return "{[".utf8.contains(first) || "}]".utf8.contains(last)
    }

    private static func isWord(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty
            && text.allSatisfy {
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) || "-_ ".utf8.contains($0)
            }
    }

    private static func isWholeJSON(_ data: UnsafeRawBufferPointer) -> Bool {
        var scanner = JSONScanner(data)
        scanner.skipValue()
        return !scanner.failed && scanner.isAtEnd()
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var trimmed: Slice<UnsafeRawBufferPointer> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let start = firstIndex { !isSpace($0) } ?? endIndex
        let end = lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return self[start..<end]
    }
}
