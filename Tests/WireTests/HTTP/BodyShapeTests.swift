import Measure
import Testing

@testable import Wire

@Suite("What the first bytes show") struct BodyShapeTests {
    private static let bom = "\u{FEFF}"

    @Test(arguments: [
        ("data: {}\n", BodyShape.events(from: 0)), ("data\n", .events(from: 0)),
        ("event: x\n", .events(from: 0)),
        ("id: 1\n", .events(from: 0)), ("retry: 1\n", .events(from: 0)), (": ping\n", .events(from: 0)),
        ("error: {}\n", .events(from: 0)), ("\n\ndata: {}\n", .events(from: 2)),
        (bom + "data: {}\n", .events(from: 3)), (bom + "\r\n: x\n", .events(from: 5)),
        ("{\"a\":1}", .plain), (" [1]", .plain), ("<html>", .plain), (bom + "{}", .plain),
        ("Hello", .plain), ("database: x", .plain), ("idea", .plain), ("dat", .undecided), ("da", .undecided),
        ("data", .undecided), ("", .undecided), ("\n \n", .undecided), (bom, .undecided),
    ])
    func text(text: String, expected: BodyShape) {
        let bytes = Array(text.utf8)
        #expect(BodyShape(of: bytes, saysEvents: false) == expected)
        // Fewer bytes say the same, or nothing yet.
        for count in 0..<bytes.count {
            let shape = BodyShape(of: bytes[..<count], saysEvents: false)
            #expect(shape == .undecided || shape == expected)
        }
        // And more bytes nothing else.
        if expected != .undecided {
            #expect(BodyShape(of: bytes + Array("xyz".utf8), saysEvents: false) == expected)
        }
    }

    @Test("whose type is that of a stream is one, unless it begins as a document")
    func typed() {
        #expect(BodyShape(of: Array("foo: bar\n".utf8), saysEvents: true) == .events(from: 0))
        #expect(BodyShape(of: Array("{\"error\":1}".utf8), saysEvents: true) == .plain)
        #expect(BodyShape(of: Array("<html>".utf8), saysEvents: true) == .plain)
    }

    @Test(
        arguments: [
            ([0x1F, 0x8B, 8, 0], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD, 4], "zstd"),
            ([0x78, 0x9C, 1], "deflate"),
            ([0x78, 0x01, 1], "deflate"), ([0x78, 0xDA, 1], "deflate"), ([0x78, 0x5E, 1], "deflate"),
        ] as [([UInt8], String)])
    func coded(bytes: [UInt8], name: String) {
        for saysEvents in [true, false] {
            #expect(BodyShape(of: bytes, saysEvents: saysEvents) == .coded(name))
            #expect(BodyShape(of: bytes[..<1], saysEvents: saysEvents) == .undecided)
        }
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>", "502 Bad Gateway"),
        ("\n<HTML><HEAD><TITLE >A &amp; B</TITLE>", "A & B"), ("<html><title></title><h1>No</h1>", "No"),
        ("<html><h1 class=\"x\">Gone", "Gone"), ("<html><body>text</body>", nil), ("<title", nil), ("", nil),
        ("plain <title>x</title>", nil), ("<p><title>İstanbul</title>", "i̇stanbul"),
        ("<title>&amp;lt;</title>", "&lt;"),
    ])
    func titles(page: String, title: String?) {
        #expect(HTMLPage.title(of: page.utf8) == title)
    }

    @Test("random bytes never trap")
    func random() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            let bytes = Array("<title>".utf8) + (0..<40).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            _ = HTMLPage.title(of: bytes)
            _ = BodyShape(of: bytes.shuffled(using: &random), saysEvents: false)
        }
    }
}
