import Testing

@testable import plimsoll

@Suite struct FirstWordTests {
    private static let commands = ["demo", "sweep", "replay", "export", "probe", "simulate"]

    @Test(arguments: [
        ("swep", "'sweep'"), ("SWEEP", "'sweep'"), ("swepe", "'sweep'"), ("reply", "'replay'"),
        ("dmeo", "'demo'"), ("http://gpu01:8000", "'plimsoll sweep http://gpu01:8000'"),
        ("gpu01:8000", "'plimsoll sweep gpu01:8000'"), ("localhost", "'plimsoll sweep localhost'"),
        ("10.0.0.7", "'plimsoll sweep 10.0.0.7'"), ("https://h/v1?k=sk-Winterreise", "sweep https://h/v1?…'"),
        ("out/a.plimsoll", "'plimsoll replay out/a.plimsoll'"),
    ])
    func meant(_ word: String, _ suggestion: String) {
        let sentence = FirstWord.sentence(for: word, commands: Self.commands)
        #expect(sentence.contains("did you mean") && sentence.contains(suggestion), "\(sentence)")
        #expect(!sentence.contains("Winterreise"))
    }

    @Test(arguments: ["nonsense", "", "gpu01", "not a url"])
    func nobodyKnows(word: String) {
        let sentence = FirstWord.sentence(for: word, commands: Self.commands)
        #expect(!sentence.contains("did you mean") && sentence.contains("demo, sweep, replay"), "\(sentence)")
    }

    @Test(arguments: [
        [], ["--help"], ["help"], ["help", "sweep"], ["sweep", "http://h"], ["help", "--help"],
    ])
    func commands(arguments: [String]) throws {
        try FirstWord.check(arguments, commands: Self.commands)
    }

    @Test(arguments: [["swep"], ["help", "swep"], ["http://h", "--users", "4"]])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try FirstWord.check(arguments, commands: Self.commands) }
    }
}
