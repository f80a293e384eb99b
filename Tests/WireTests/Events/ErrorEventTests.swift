import Testing

@testable import Wire

@Suite("Events that are called errors") struct ErrorEventTests {
    @Test(arguments: [
        ("event: error\ndata: boom\n\n", ["!boom"]),
        ("data: boom\nevent: error\n\n", ["!boom"]),
        ("event:error\r\ndata: {}\r\n\r\n", ["!{}"]),
        ("event: error\n\n", ["!"]),
        ("event: error\n: engine died\n\ndata: [DONE]\n\n", ["!", "[DONE]"]),
        ("event: error\ndata\n\ndata: a\n\n", ["!", "a"]),
        ("event: error", ["!"]), ("event: error\ndata: boom", ["!boom"]), ("event: error\n", ["!"]),
        ("event: Error\ndata: a\ndata: b\n\n", ["!a\nb"]),
        ("event: stream_error\ndata: a\n\n", ["!a"]),
        ("event: internalServerException\ndata: a\n\n", ["!a"]),
        ("event: abort\ndata: a\n\n", ["!a"]),
        ("error: {\"code\":500}\n\ndata: a\n\n", ["!{\"code\":500}", "a"]),
        ("event: message\ndata: error\n\n", ["error"]),
        ("event: ping\n\nevent: delta\ndata: a\n\n", ["a"]),
        ("event\ndata: a\n\nevents: error\ndata: b\n\nerrors: x\n\n", ["a", "b"]),
        (": error\ndata: a\n\nid: error\ndata: b\n\n", ["a", "b"]),
    ])
    func anyCutGivesTheSame(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(try marked(bytes.pieces(cutAt: [first, second])) == expected)
            }
        }
        #expect(try marked(bytes.pieces(cutAt: Array(bytes.indices))) == expected)
    }

    /// The events' data, errors with a "!" before them.
    private func marked(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
        var splitter = EventSplitter()
        var found: [String] = []
        func note(_ data: some Collection<UInt8>) {
            found.append((splitter.isError ? "!" : "") + String(decoding: data, as: UTF8.self))
        }
        for piece in pieces {
            try Array(piece).withUnsafeBytes { bytes in
                var offset = 0
                loop: while true {
                    switch try splitter.next(bytes, from: &offset, upTo: bytes.count) {
                    case .needsMore: break loop
                    case .event(let range): note(bytes[range])
                    case .carriedEvent: note(splitter.carried)
                    }
                }
            }
        }
        if case .carriedEvent = try splitter.finish() { note(splitter.carried) }
        return found
    }

    @Test(
        "heartbeats and JSON of another shape do no harm; JSON that was cut or garbled does",
        arguments: [
            ("", true), (" ", true), ("ping", true), ("null", true), ("0", true), ("\"x\"", true),
            ("[HEARTBEAT]", true), ("[keep-alive]", true), ("keep alive", true), ("[]", true),
            ("[1,2]", true),
            ("{\"a\":1}", true), ("OK", true),
            ("{", false), ("{\"choices\":[{\"in", false), ("[{\"a\":1}", false), ("[1,", false),
            ("ent\":\"a\"}}]}", false), ("\"a\"}", false), ("{}{", false), ("[1 2", false),
            ("  {\"a\"", false),
        ])
    func oddEvents(text: String, isHarmless: Bool) {
        Array(text.utf8).withUnsafeBytes { #expect(OddEvent.isHarmless($0) == isHarmless) }
    }

    @Test(
        "words that tell of a failure, and words that don't",
        arguments: [
            ("Internal Server Error", true), ("error: engine died", true), ("\"error: engine died\"", true),
            ("Traceback (most recent call last):", true), ("Request timed out", true),
            ("Service Unavailable", true), ("502 Bad Gateway", true), ("CUDA out of memory", true),
            ("[ERROR]", true), ("generation FAILED", true), ("429 Too Many Requests", true),
            ("[{\"error\":{\"code\":503,\"message\":\"overloaded\"}}]", true),
            ("", false), ("ping", false), ("[HEARTBEAT]", false), ("keep-alive", false), ("null", false),
            ("0", false), ("\"ping\"", false), ("[]", false), ("[{\"error\":null}]", false), (".", false),
            ("2026-01-01T00:00:00Z", false), ("OPENROUTER PROCESSING", false), ("[{\"a\":1}]", false),
            ("{\"error\":", false),
        ])
    func failures(text: String, saysFailure: Bool) {
        Array(text.utf8).withUnsafeBytes { #expect(OddEvent.saysFailure($0) == saysFailure) }
    }
}
