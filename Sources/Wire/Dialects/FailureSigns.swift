/// Members of an event that say, where it bears neither a choice nor a count, that the request failed: a status
/// of 500, a `detail`, `"success":false`. Beside a choice they say nothing of the kind.
enum FailureSigns {
    /// Consumes the value that comes next, and tells whether it is one; nil, and nothing is consumed, where the
    /// member is another.
    static func says(_ key: JSONScanner.Text, _ scanner: inout JSONScanner) -> Bool? {
        switch key.range.count {
        case 2 where scanner.matches(key, "ok"), 7 where scanner.matches(key, "success"):
            let says = scanner.peek() == UInt8(ascii: "f")
            scanner.skipValue()
            return says
        case 4 where scanner.matches(key, "code"), 6 where scanner.matches(key, "status"),
            10 where scanner.matches(key, "statusCode"), 11 where scanner.matches(key, "status_code"):
            return isFailing(&scanner)
        case 6 where scanner.matches(key, "detail"), 9 where scanner.matches(key, "exception"),
            9 where scanner.matches(key, "traceback"), 9 where scanner.matches(key, "error_msg"),
            9 where scanner.matches(key, "errorCode"), 12 where scanner.matches(key, "errorMessage"),
            13 where scanner.matches(key, "error_message"):
            return scanner.saysAnything()
        default:
            return nil
        }
    }

    /// MiniMax puts `{"status_code":0,"status_msg":"success"}` on every chunk.
    static func isFailingObject(_ scanner: inout JSONScanner) -> Bool {
        guard scanner.peek() == UInt8(ascii: "{") else {
            scanner.skipValue()
            return false
        }
        var fails = false
        scanner.object { scanner, key in
            if scanner.matches(key, "status_code") {
                if isFailing(&scanner) { fails = true }
            } else {
                scanner.skipValue()
            }
        }
        return fails
    }

    /// A code: 0 and the like of 200 are none, nor are words of progress.
    private static func isFailing(_ scanner: inout JSONScanner) -> Bool {
        guard let text = scanner.plainString() else {
            return scanner.countOrSkip().map { $0 > 0 && !(100..<400).contains($0) } ?? false
        }
        let bytes = scanner.bytes(of: text)
        if let number = DecimalCount.value(of: bytes) { return number > 0 && !(100..<400).contains(number) }
        return FailureWords.speak(bytes)
    }
}

/// Words in which a failure is told where there is no other sign of it.
enum FailureWords {
    private static let words = [
        "error", "exception", "traceback", "fail", "abort", "crash", "denied", "exceeded", "forbidden",
        "invalid", "overloaded", "out of memory", "outofmemory", "quota", "refused", "timed out",
        "unauthorized", "unavailable", "bad gateway", "gateway time", "too many requests",
    ]

    static func speak(_ text: some Collection<UInt8>) -> Bool {
        let text = String(decoding: text.prefix(400), as: UTF8.self).lowercased()
        return words.contains { text.contains($0) }
    }
}
