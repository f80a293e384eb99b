import Testing

@testable import Wire

@Suite("All dialects")
struct DialectsTests {
    @Test func namesAndOrder() {
        #expect(Dialects.all.map { $0.name } == ["chat", "completions", "ollama"])
        #expect(Dialects.families.map { $0.map { $0.name } } == [["chat", "completions"], ["ollama"]])
        for dialect in Dialects.all {
            #expect(Dialects.named(dialect.name) == dialect)
            #expect(Dialects.named(dialect.name.uppercased()) == dialect)
        }
        #expect(Dialects.named("") == nil)
        #expect(Dialects.named("openai") == nil)
    }

    @Test("a limit with two names says both")
    func limits() {
        for dialect in Dialects.all {
            let fields = dialect.fields(for: ListedModels())
            #expect(fields.limitNames.count >= (fields.otherLimit == nil ? 1 : 2))
            #expect(Set(fields.groups.values.joined()).isSubset(of: fields.wanted))
        }
    }

    @Test(
        "a family has one list of models, one framing and one way to send a key",
        arguments: Dialects.families.indices)
    func families(index: Int) throws {
        let family = Dialects.families[index]
        #expect(Set(family.map { $0.modelsRoute }).count == 1)
        #expect(Set(family.map { $0.framing }).count == 1)
        #expect(Set(family.map { $0.authentication("k").value }).count == 1)
    }

    @Test(
        "a document is a stream only where lines are expected",
        arguments: [
            ("{\"a\":1}\n", .lines(from: 0)), (" \r\n{", .lines(from: 3)), ("\u{FEFF}{", .lines(from: 3)),
            ("[", .plain), ("<html>", .plain), ("data: {}", .events(from: 0)), ("404 page not found", .plain),
        ] as [(String, BodyShape)])
    func shapes(text: String, expected: BodyShape) {
        let bytes = Array(text.utf8)
        #expect(BodyShape(of: bytes, saysEvents: false, framing: .lines) == expected)
        for count in bytes.indices {
            let part = BodyShape(of: bytes[..<count], saysEvents: false, framing: .lines)
            #expect(part == .undecided || part == expected)
        }
    }
}
