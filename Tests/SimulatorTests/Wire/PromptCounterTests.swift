import Testing
import Wire

@testable import Simulator

struct PromptCounterTests {
    @Test func promptsAreCountedAsDocumented() {
        #expect(PromptCounter.tokens(in: "") == 0)
        #expect(PromptCounter.tokens(in: "  a word\n and\tanother ") == 5)
        #expect(PromptCounter.tokens(in: "éééééé") == 1)
        #expect(PromptCounter.tokens(in: "ééééééé") == 2)
    }

    @Test func theVocabularyNeedsNoEscaping() {
        #expect(Vocabulary.words.count == 64)
        for word in Vocabulary.words {
            #expect(JSONValue.quoted(word.description) == "\"\(word)\"")
            #expect(word.utf8CodeUnitCount > 0)
        }
    }
}
