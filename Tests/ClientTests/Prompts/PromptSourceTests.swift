import Measure
import Testing
import Wire

@testable import Client

@Suite("Prompts")
struct PromptSourceTests {
    private func prompts(seed: UInt64, count: Int, words: Int = 12) -> [String] {
        var source = PromptSource(seed: seed)
        return (0..<count).map { _ in
            var bytes: [UInt8] = []
            source.append(words: words, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test("the same seed gives the same prompts, another seed others")
    func seeds() {
        #expect(prompts(seed: 5, count: 20) == prompts(seed: 5, count: 20))
        #expect(Set(prompts(seed: 5, count: 20)).isDisjoint(with: prompts(seed: 6, count: 20)))
    }

    @Test("mistakes seen in others: no prompt comes twice")
    func noPromptTwice() {
        let all = prompts(seed: 1, count: 5000)
        #expect(Set(all).count == all.count)
    }

    @Test("prompts differ from the first word on: no prefix of them can be cached")
    func firstWordsDiffer() {
        let first = prompts(seed: 3, count: 300).map { $0.split(separator: " ")[0] }
        #expect(Set(first).count > 100)
        let pairs = zip(first, first.dropFirst())
        #expect(pairs.filter { $0 == $1 }.count < 15)
    }

    @Test("as many words as asked for, and nothing that JSON would escape", arguments: [0, 1, 2, 999, -4])
    func words(count: Int) {
        let prompt = prompts(seed: 1, count: 1, words: count)[0]
        #expect(prompt.split(separator: " ").count == max(0, count))
        #expect(prompt.utf8.allSatisfy { $0 == 0x20 || (0x61...0x7A).contains($0) })
    }

    @Test("the whole request is JSON with the prompt in it", arguments: ["m", "a\"b\\c\n", "ü/日本"])
    func template(model: String) {
        let shape = RequestShape(
            model: model, outputTokens: 7,
            fields: [.includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature])
        for dialect in Dialects.all {
            let template = dialect.init().template(for: shape)
            let prompt = prompts(seed: 1, count: 1)[0]
            let json = JSONValue(parsing: template.prefix + Array(prompt.utf8) + template.suffix)
            #expect(json?["model"]?.string == model)
            #expect((json?["max_tokens"] ?? json?["options"]?["num_predict"])?.integer == 7)
            let isForced = dialect.fields(for: ListedModels()).forcesLength
            #expect(json?["min_tokens"]?.integer == (isForced ? 7 : nil))
            let said = json?["prompt"]?.string ?? json?["messages"]?.array?.first?["content"]?.string
            #expect(said == prompt)
        }
    }
}
