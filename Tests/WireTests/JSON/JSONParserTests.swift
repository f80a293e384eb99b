import Testing

@testable import Wire

struct JSONParserTests {
    static func parse(_ text: String) -> JSONValue? { JSONValue(parsing: text.utf8) }

    @Test func readsWhatClientsSend() {
        let value = Self.parse(#" {"a":[1,-2.5e1,true,null],"b":{"c":"x\n\"\u00e9\ud83d\ude00é"}} "#)
        #expect(value?["a"] == .array([.number(1), .number(-25), .bool(true), .null]))
        #expect(value?["b"]?["c"]?.string == "x\n\"é😀é")
        #expect(value?["a"]?.integer == nil)
        #expect(Self.parse("3")?.integer == 3)
        #expect(Self.parse("3.5")?.integer == nil)
    }

    @Test(arguments: [
        "", "{", "[1,", "{\"a\"}", "{\"a\":1,}", "\"x", "\"\\u12\"", "tru", "+1", "1.", "nan", "1 2",
        "\"\n\"", "1e999",
        String(repeating: "[", count: 10_000),
    ])
    func refusesTheRest(text: String) {
        #expect(Self.parse(text) == nil)
    }

    @Test func quotingIsUndoneByParsing() {
        let text = "a\"b\\c\n\r\t\u{1}é😀"
        #expect(Self.parse(JSONValue.quoted(text))?.string == text)
    }
}
