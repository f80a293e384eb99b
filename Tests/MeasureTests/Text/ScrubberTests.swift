import Foundation
import Testing

@testable import Measure

/// Secrets that a server sends back are taken out, in whatever shape; other words stay as they are.
@Suite struct ScrubberTests {
    private static let key = "sk-abCd1234efGH5678yz"
    private let scrubber = Scrubber(secrets: [ScrubberTests.key, "tenant-secret/42"])

    static let quotations: [String] = [
        "Incorrect API key provided: \(key). See your account.",
        "key=\(key.uppercased())", "Bearer \(key)", "‹\(key)›\(key)", String(key.prefix(10)),
        String(key.suffix(9)),
        "sk-ab…yz", "sk-ab...8yz", "SK-AB***********78yz", "sk-abCd••••", "****78yz", "sk-abxxxxxxyz",
        "sk-abCd\u{200B}1234\u{2060}efGH5678yz", "tenant-secret/42", "tenant-secret%2f42",
        "TENANT-SECRET%2F42",
        Data(key.utf8).base64EncodedString(), Data("user:\(key)".utf8).base64EncodedString(),
        Data("u:\(key)".utf8).base64EncodedString(), Data("ab:\(key):more".utf8).base64EncodedString(),
        String(repeating: "a", count: 190) + key,
    ]

    /// How others write it: escaped, parted, turned round, cut.
    static let disguises: [(name: String, quotation: String)] = {
        let bytes = Array(key.utf8)
        func each(_ write: (UInt8) -> String) -> String { bytes.map(write).joined() }
        func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        let words = key.map(String.init)
        return [
            ("percent", each { "%" + hex($0) }), ("percent twice", each { "%25" + hex($0) }),
            ("JSON", each { "\\u00" + hex($0) }), ("JSON, one letter", "sk-\\u0061bCd1234efGH5678yz"),
            ("Swift", each { "\\u{" + hex($0) + "}" }), ("C", each { "\\x" + hex($0) }),
            ("octal", each { "\\" + String(Int($0) + 0o1000, radix: 8).dropFirst() }),
            ("HTML", each { "&#\($0);" }), ("HTML, hexadecimal", each { "&#x" + hex($0) + ";" }),
            ("HTML in JSON", each { "\\u0026#\($0);" }), ("quoted-printable", each { "=" + hex($0) }),
            (
                "full-width",
                String(String.UnicodeScalarView(bytes.compactMap { Unicode.Scalar(UInt32($0) + 0xFEE0) }))
            ),
            ("spaces", words.joined(separator: " ")), ("lines", words.joined(separator: "\n")),
            ("dots", words.joined(separator: ".")), ("quotes", words.joined(separator: "\",\"")),
            (
                "fours",
                stride(from: 0, to: words.count, by: 4).map { words[$0..<min($0 + 4, words.count)].joined() }
                    .joined(separator: " ")
            ),
            ("backwards", String(key.reversed())), ("hexadecimal", each(hex)),
            ("hexadecimal, parted", bytes.map(hex).joined(separator: " ")),
            (
                "base64, lines",
                Data(key.utf8).base64EncodedString().map(String.init).joined(separator: "\r\n")
            ),
            ("eight and four", "sk-abCd1…78yz"), ("a word between", "sk-ab[redacted]78yz"),
            ("spaces", "sk-ab ... 78yz"),
            ("dashes", "sk-ab----78yz"), ("blocks", "sk-ab████yz"), ("angles", "sk-ab<hidden>78yz"),
        ]
    }()

    @Test(arguments: disguises) func nothingOfASecretIsLeftInDisguise(name: String, quotation: String) {
        let shown = scrubber.shown("Incorrect key \(quotation) was given").text
        #expect(shown == "Incorrect key \(Scrubber.mark) was given")
    }

    @Test(arguments: [
        ("wrong key EMPTY1", "wrong key EMPTY1"), ("wrong key EMPTY.", "wrong key •••."),
        ("empty key", "empty key"),
        ("Bearer EMPTY", "Bearer •••"), ("{\"key\":\"EMPTY\"}", "{\"key\":\"•••\"}"), ("EMPTY", "•••"),
        ("NEMPTY, \\u0045MPTY", "NEMPTY, •••"),
    ])
    func aShortKeyIsFoundAsAWord(text: String, shown: String) {
        var scrubber = Scrubber.withoutSecrets
        scrubber.add("EMPTY", isKey: true)
        scrubber.add("acme")
        #expect(scrubber.shown(text).text == shown)
        #expect(scrubber.shown("acme").text == "acme")
    }

    @Test(arguments: [
        "%zz %4", "\\u12", "\\u{", "&#;", "&#x;", "&amp", "100 %", "=", "\\", "&", "a=b&c=d", "\\u{110000}",
        "％",
        "C:\\temp\\new", "[info] (see: docs) <b>",
    ])
    func brokenEscapesStay(_ text: String) {
        #expect(scrubber.shown(text).text == text)
    }

    @Test(arguments: quotations) func nothingOfASecretIsLeft(_ quotation: String) {
        let shown = scrubber.shown(quotation).text.lowercased()
        #expect(shown.contains(Scrubber.mark))
        for length in [4, 8] {
            for secret in [Self.key, "tenant-secret/42", Data(Self.key.utf8).base64EncodedString()] {
                #expect(!shown.contains(secret.prefix(length).lowercased()))
            }
        }
    }

    @Test(arguments: [
        "the model does not exist", "please wait ...", "sk-…", "…", "a **bold** word", "sk-ab", "xxx", "",
        "HTTP 401: Missing bearer token", "dots....and stars***", "a tenant's secret", "[sk-] (yz) sk-yz",
        "max_tokens: 42 / 1234567 [4]", "sk- … and 42",
    ])
    func otherWordsStay(_ text: String) {
        #expect(scrubber.shown(text).text == text)
    }

    @Test func shortValuesAreNoSecrets() {
        #expect(Scrubber(secrets: ["abc", "1234567"]).shown("abc 1234567").text == "abc 1234567")
    }

    @Test func aCutLeavesNoBeginningOfASecret() {
        for limit in 1..<60 {
            let shown = scrubber.shown("it was \(Self.key), and that is wrong", limit: limit).text
            #expect(!shown.contains("sk-"))
            #expect(shown.count <= limit + 1)
        }
    }

    /// Before it comes here, too: by a limit of bytes, in the middle of an escape.
    @Test func aCutTextEndsInNoBeginningOfASecret() {
        let quotations = [
            Self.key, Self.key.utf8.map { "%" + String($0, radix: 16) }.joined(),
            Self.key.utf8.map { "&#\($0);" }.joined(),
        ]
        for text in quotations {
            for count in 1...text.utf8.count {
                let bytes = Array("key ".utf8) + Array(text.utf8).prefix(count)
                let cut = scrubber.shown(of: bytes, isCut: true).text
                #expect(Unfolded(Array(cut.utf8)).readings.allSatisfy { !Self.begins($0) }, "\(cut)")
                let excerpt = "“" + Printable.excerpt(of: Array("key \(text)".utf8), limit: 4 + count) + "”"
                let shown = scrubber.shown(excerpt).text
                #expect(Unfolded(Array(shown.utf8)).readings.allSatisfy { !Self.begins($0) }, "\(shown)")
            }
        }
        #expect(scrubber.shown(of: Array((Self.key + " is wrong").utf8), isCut: true).text == "••• is wrong…")
    }

    private static func begins(_ reading: Unfolded) -> Bool {
        String(decoding: reading.bytes, as: UTF8.self).contains(key.prefix(4))
    }

    @Test func wordsOfItsOwnHoldOnlyNumbersAndWhatIsShown() {
        let said = scrubber.shown("\u{1B}[31mno\u{7}")
        let shown: Shown = "HTTP \(401): \(said)"
        #expect(shown.text == "HTTP 401: [31mno")
    }
}
