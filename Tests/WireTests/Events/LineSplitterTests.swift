import Testing

@testable import Wire

@Suite struct LineSplitterTests {
    private func lines(in pieces: some Sequence<ArraySlice<UInt8>>) throws -> [String] {
        var splitter = LineSplitter()
        var found: [String] = []
        for piece in pieces {
            try Array(piece).withUnsafeBytes { bytes in
                var offset = 0
                loop: while true {
                    switch try splitter.next(bytes, from: &offset, upTo: bytes.count) {
                    case .needsMore: break loop
                    case .event(let range): found.append(String(decoding: bytes[range], as: UTF8.self))
                    case .carriedEvent: found.append(String(decoding: splitter.carried, as: UTF8.self))
                    }
                }
            }
        }
        if case .carriedEvent = try splitter.finish() {
            found.append(String(decoding: splitter.carried, as: UTF8.self))
        }
        return found.map { $0.replacing("\r", with: "") }
    }

    @Test(arguments: [
        ("{1}\n{2}\n", ["{1}", "{2}"]), ("{1}\r\n{2}\r\n", ["{1}", "{2}"]),
        ("\n\n{1}\n\n\r\n{2}\n", ["{1}", "{2}"]),
        ("{1}", ["{1}"]), ("  {1}\n \t\n {2}", ["{1}", "{2}"]), ("", []), ("\n", []), (" \r\n ", []),
        ("é€🙂\n🙂\n", ["é€🙂", "🙂"]),
    ])
    func anyCutGivesTheSameLines(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(try lines(in: bytes.pieces(cutAt: [first, second])) == expected)
            }
        }
        #expect(try lines(in: bytes.pieces(cutAt: Array(bytes.indices))) == expected)
    }

    @Test func anEndlessLineIsRefused() throws {
        let flood = Array(repeating: UInt8(ascii: "x"), count: 64 * 1024)[...]
        #expect(throws: WireError.tooLarge(what: "a line", limit: WireLimits.event)) {
            _ = try lines(in: repeatElement(flood, count: 32))
        }
    }

    @Test func spaceWithoutEndIsNobodys() throws {
        let space = Array(repeating: UInt8(ascii: " "), count: 64 * 1024)[...]
        #expect(try lines(in: repeatElement(space, count: 17)) == [])
    }
}
