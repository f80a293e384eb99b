import Testing

@testable import Wire

@Suite struct EventSplitterTests {
    @Test(arguments: [
        ("data: a\n\ndata: b\n\n", ["a", "b"]),
        ("data:a\n\ndata:  b\n\n", ["a", " b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
        ("data: a\r\rdata: b\r\r", ["a", "b"]),
        (": ping\n\ndata: a\n\n: ping\n\n", ["a"]),
        ("event: x\nid: 1\nretry: 5\ndata: a\n\n", ["a"]),
        ("data: a\ndata: b\n\n", ["a\nb"]),
        ("data: a\ndata: b\ndata\ndata:\n\n", ["a\nb\n\n"]),
        ("data\n\n", [""]),
        ("\n\n\ndata: a\n\n\n\n", ["a"]),
        ("data: a", ["a"]),
        ("data: a\n", ["a"]),
        ("dataset: a\n\nnothing\n\n", []),
        ("{\"error\":1}\n\ndata: a\n\n", ["{\"error\":1}", "a"]), ("{}", ["{}"]),
        ("", []),
        ("data: é€🙂\n\n", ["é€🙂"]),
    ])
    func anyCutGivesTheSameEvents(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        #expect(try events(in: bytes.pieces(cutAt: [])) == expected)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(try events(in: bytes.pieces(cutAt: [first, second])) == expected)
            }
        }
        #expect(try events(in: bytes.pieces(cutAt: Array(bytes.indices))) == expected)
    }

    @Test(arguments: Capture.streams)
    func everySplitOfACapturedStream(path: String) throws {
        let bytes = try Capture.bytes(path)
        let whole = try events(in: bytes.pieces(cutAt: []))
        #expect(whole.last == "[DONE]")
        #expect(whole.count > 6)
        for cut in bytes.indices {
            #expect(try events(in: bytes.pieces(cutAt: [cut])) == whole)
        }
        for size in [1, 2, 3, 7, 64, 1000] {
            let cuts = Array(stride(from: size, to: bytes.count, by: size))
            #expect(try events(in: bytes.pieces(cutAt: cuts)) == whole)
        }
    }

    @Test func anEndlessLineIsRefused() throws {
        let flood = Array(repeating: UInt8(ascii: "x"), count: 64 * 1024)
        var splitter = EventSplitter()
        #expect(throws: WireError.tooLarge(what: "an event", limit: EventSplitter.eventLimit)) {
            for _ in 0..<32 {
                _ = try flood.withUnsafeBytes { bytes in
                    var offset = 0
                    return try splitter.next(bytes, from: &offset, upTo: bytes.count)
                }
            }
        }
    }

    @Test("an event of almost the limit is read, however many reads it comes in")
    func almostTooLong() throws {
        let long = String(repeating: "x", count: EventSplitter.eventLimit - 100)
        let bytes = Array("data: \(long)\n\ndata: b\n\n".utf8)
        for size in [bytes.count, 8192, 100_000] {
            let cuts = Array(stride(from: size, to: bytes.count, by: size))
            #expect(try events(in: bytes.pieces(cutAt: cuts)) == [long, "b"])
        }
    }

    @Test func manyDataLinesAreRefusedAsOneEvent() {
        let line = Array("data: 0123456789\n".utf8)
        #expect(throws: WireError.self) {
            _ = try events(in: (0..<100_000).map { _ in line[...] })
        }
    }
}
