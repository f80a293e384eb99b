import Foundation
import Measure
import Testing

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
        "HTTP 401: Missing bearer token", "dots....and stars***",
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

    @Test func wordsOfItsOwnHoldOnlyNumbersAndWhatIsShown() {
        let said = scrubber.shown("\u{1B}[31mno\u{7}")
        let shown: Shown = "HTTP \(401): \(said)"
        #expect(shown.text == "HTTP 401: [31mno")
    }
}
