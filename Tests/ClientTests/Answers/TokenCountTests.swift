import Measure
import Testing
import Wire

@testable import Client

/// Answers of 16 tokens, and what the server says of them.
@Suite("What tokens are counted by")
struct TokenCountTests {
    static let norm = AnswerNorm(requestedTokens: 16)

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var tokens: Int
        var source: TokenSource
        var refused = false
        var first = 1
        var norm = TokenCountTests.norm
        var events: [String]
    }

    static func text(_ more: String = "") -> String { Reading.delta("\"content\":\"word \"", more: more) }
    static func thought(_ more: String = "") -> String {
        Reading.delta("\"reasoning\":\"word \"", more: more)
    }
    static func usage(_ members: String) -> String {
        Reading.event("{\"choices\":[],\"usage\":{\(members)}}")
    }
    static func completion(_ count: String, total: String? = nil, reasoning: String? = nil) -> String {
        "\"prompt_tokens\":128,\"completion_tokens\":\(count)"
            + (total.map { ",\"total_tokens\":\($0)" } ?? "")
            + (reasoning.map { ",\"completion_tokens_details\":{\"reasoning_tokens\":\($0)}" } ?? "")
    }
    static func on(_ count: Int) -> String { ",\"usage\":{\(completion("\(count)"))}" }
    static let stop = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")
    static let length = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}")

    static let sixteen = Array(repeating: text(), count: 16)
    static let eight = Array(repeating: text(), count: 8)

    /// One usage at the end of sixteen chunks.
    static func atEnd(_ name: String, _ members: String, _ tokens: Int = 16, refused: Bool = false) -> Case {
        Case(
            testDescription: name, tokens: tokens, source: refused ? .chunks : .usage, refused: refused,
            events: sixteen + [stop, usage(members)])
    }

    static let cases: [Case] = [
        atEnd("right", completion("16")),
        atEnd("as 16.0", completion("16.0")),
        atEnd("as 1.6e1", completion("1.6e1")),
        atEnd("only the total", "\"prompt_tokens\":128,\"total_tokens\":144"),
        atEnd("more than chunks", completion("40", total: "168"), 40),
        atEnd("one too few, once", completion("15"), 15),
        atEnd("zero", completion("0"), refused: true),
        atEnd("one", completion("1"), refused: true),
        atEnd("two too few", completion("14"), refused: true),
        atEnd("negative", completion("-1"), refused: true),
        atEnd("a 32-bit -1", completion("4294967295"), refused: true),
        atEnd("9999999999999999", completion("9999999999999999"), refused: true),
        atEnd("1e999", completion("1e999"), refused: true),
        atEnd("broken", completion("16.5"), refused: true),
        atEnd("above what was asked for and the bytes", completion("81"), refused: true),
        atEnd("above what was asked for, below the bytes", completion("80"), 80),
        atEnd("null", completion("null"), 16, refused: false).by(.chunks),
        atEnd("words", completion("\"many\""), 16, refused: false).by(.chunks),
        atEnd("nothing but zeros", "\"prompt_tokens\":0,\"completion_tokens\":0", 16).by(.chunks),
        atEnd("the prompt beyond all bounds", "\"prompt_tokens\":4294967295,\"completion_tokens\":16")
            .flagged(),
        Case(
            testDescription: "zero, of one chunk", tokens: 1, source: .chunks, refused: true,
            events: [text(), stop, usage(completion("0"))]),

        // Running counts.
        Case(
            testDescription: "a running count", tokens: 16, source: .usageStream,
            events: (1...16).map { text(on($0)) } + [stop, usage(completion("16"))]),
        Case(
            testDescription: "a running count by twos", tokens: 16, source: .usageStream, first: 2,
            events: (1...8).map { text(on(2 * $0)) } + [stop]),
        Case(
            testDescription: "a running count, and one more at the end", tokens: 17, source: .usageStream,
            events: (1...16).map { text(on($0)) } + [stop, usage(completion("17"))]),
        Case(
            testDescription: "a running count, and nonsense at the end", tokens: 16, source: .usageStream,
            refused: true, events: (1...16).map { text(on($0)) } + [stop, usage(completion("3"))]),
        Case(
            testDescription: "a running count, and a huge one at the end", tokens: 16, source: .usageStream,
            refused: true, events: (1...16).map { text(on($0)) } + [stop, usage(completion("99999"))]),
        Case(
            testDescription: "a difference on every chunk", tokens: 16, source: .usage,
            events: (1...16).map { _ in text(on(1)) } + [stop]),
        Case(
            testDescription: "a difference on every chunk, by twos", tokens: 16, source: .usage,
            events: (1...8).map { _ in text(on(2)) } + [stop]),
        Case(
            testDescription: "differences that grow and fall", tokens: 16, source: .usage,
            events: [1, 2, 4, 3, 3, 1, 1, 1].map { text(on($0)) } + [stop]),
        Case(
            testDescription: "two differences", tokens: 2, source: .usage,
            events: [text(on(1)), text(on(1)), stop]),
        Case(
            testDescription: "a difference on every chunk, the sum at the end", tokens: 16, source: .usage,
            events: (1...16).map { _ in text(on(1)) } + [stop, usage(completion("16"))]),
        Case(
            testDescription: "zeros until the end", tokens: 16, source: .usage,
            events: (1...16).map { _ in text(on(0)) } + [stop, usage(completion("16"))]),
        Case(
            testDescription: "nothing but zeros on every chunk, with the prompt's count", tokens: 16,
            source: .chunks, refused: true, events: (1...16).map { _ in text(on(0)) } + [stop]),
        Case(
            testDescription: "only on the last chunk", tokens: 16, source: .usage,
            events: sixteen.dropLast() + [text(on(16)), stop]),
        Case(
            testDescription: "only on the last chunk, of several tokens each", tokens: 16, source: .usage,
            events: eight.dropLast() + [text(on(16)), stop]),
        Case(
            testDescription: "only on the first", tokens: 16, source: .chunks,
            events: [text(on(1))] + sixteen.dropLast() + [stop]),
        Case(
            testDescription: "a running count that stands still at a flush", tokens: 16, source: .usage,
            events: (1...16).map { text(on($0)) } + [text(on(16)), stop, usage(completion("16"))]),
        Case(
            testDescription: "a running count beyond all bounds", tokens: 16, source: .chunks, refused: true,
            events: (1...16).map { text(on(900_000 + $0)) } + [stop]),

        // Reasoning.
        Case(
            testDescription: "without the reasoning tokens that came", tokens: 16, source: .usage,
            events: (1...14).map { _ in thought() } + [
                text(), text(), stop, usage(completion("2", total: "144", reasoning: "14")),
            ]),
        Case(
            testDescription: "without the reasoning tokens that came, and without a total", tokens: 16,
            source: .usage,
            events: (1...14).map { _ in thought() } + [
                text(), text(), stop, usage(completion("2", reasoning: "14")),
            ]),
        Case(
            testDescription: "with the reasoning tokens that came", tokens: 16, source: .usage,
            events: (1...14).map { _ in thought() } + [
                text(), text(), stop, usage(completion("16", total: "144", reasoning: "14")),
            ]),
        Case(
            testDescription: "without those that came, and no word of them", tokens: 16, source: .chunks,
            refused: true,
            events: (1...14).map { _ in thought() } + [text(), text(), stop, usage(completion("2"))]),
        Case(
            testDescription: "with reasoning tokens that nobody saw", tokens: 16, source: .usage,
            events: sixteen + [stop, usage(completion("216", total: "344", reasoning: "200"))]),
        Case(
            testDescription: "reasoning in the text itself", tokens: 16, source: .usage,
            events: sixteen + [stop, usage(completion("16", total: "144", reasoning: "14"))]),
        Case(
            testDescription: "hidden reasoning that the count leaves out", tokens: 16, source: .usage,
            events: sixteen + [stop, usage(completion("16", total: "344", reasoning: "200"))]),

        // No count at all.
        Case(
            testDescription: "no count", tokens: 16, source: .chunks, events: sixteen + [stop]),
        Case(
            testDescription: "no count, at the limit", tokens: 16, source: .chunks, events: sixteen + [length]
        ),
        Case(
            testDescription: "no count, fewer chunks than the limit that was reached", tokens: 16,
            source: .limit, events: eight + [length]),
        Case(
            testDescription: "no count, two tokens a chunk, at the limit", tokens: 16, source: .limit,
            first: 2,
            norm: AnswerNorm(tokensPerChunk: 2, requestedTokens: 16), events: eight + [length]),
        Case(
            testDescription: "no count, two tokens a chunk, before the limit", tokens: 14, source: .estimate,
            first: 2, norm: AnswerNorm(tokensPerChunk: 2, requestedTokens: 16),
            events: eight.dropLast() + [stop]),
        Case(
            testDescription: "no count, and another limit than the one asked for", tokens: 16,
            source: .estimate, first: 2, norm: AnswerNorm(tokensPerChunk: 2, requestedTokens: 4096),
            events: eight + [length]),
        Case(
            testDescription: "no count, and a limit that the bytes can't bear", tokens: 8, source: .chunks,
            norm: AnswerNorm(requestedTokens: 4096), events: eight + [length]),
        Case(
            testDescription: "a refused count, two tokens a chunk", tokens: 16, source: .estimate,
            refused: true, first: 2, norm: AnswerNorm(tokensPerChunk: 2, requestedTokens: 64),
            events: eight + [stop, usage(completion("0"))]),
        Case(
            testDescription: "tokens a chunk that can't be", tokens: WireLimits.tokens, source: .estimate,
            first: 1_000_000, norm: AnswerNorm(tokensPerChunk: 1e300), events: eight + [stop]),

        // All at once: there is no time per token.
        Case(
            testDescription: "one chunk of all tokens", tokens: 16, source: .usage, first: 16,
            events: [
                Reading.delta("\"content\":\"\(String(repeating: "a ", count: 16))\""), length,
                usage(completion("16")),
            ]),
        Case(
            testDescription: "one chunk, counted by the limit", tokens: 16, source: .limit, first: 16,
            events: [Reading.delta("\"content\":\"\(String(repeating: "a ", count: 16))\""), length]),

        // In other places.
        Case(
            testDescription: "inside of the choice", tokens: 16, source: .usage,
            events: sixteen + [
                Reading.event(
                    "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":{\(completion("16"))}}]}"
                )
            ]),
        Case(
            testDescription: "in x_groq", tokens: 16, source: .usage,
            events: sixteen + [
                Reading.event("{\"choices\":[],\"x_groq\":{\"id\":\"r\",\"usage\":{\(completion("16"))}}}")
            ]),
        Case(
            testDescription: "in timings, and better in usage", tokens: 16, source: .usage,
            events: sixteen + [
                usage(completion("16")),
                Reading.event("{\"choices\":[],\"timings\":{\"prompt_n\":1,\"predicted_n\":99}}"),
            ]),
    ]

    @Test("one place decides, by the evidence", arguments: cases)
    func decided(_ one: Case) {
        let reading = Reading.of(one.events + [Reading.event("[DONE]")], norm: one.norm)
        #expect(reading.isComplete)
        #expect(
            reading.reader.settled
                == TokenCount.Settled(
                    outputTokens: one.tokens, source: one.source, firstChunkTokens: one.first,
                    wasRefused: one.refused))
        // No figure contradicts another.
        #expect(reading.arrivals.count == reading.reader.chunks)
        let arrived = reading.arrivals.reduce(0) { $0 + Int($1.tokens) }
        switch one.source {
        case .chunks: #expect(arrived == one.tokens)
        case .usageStream: #expect((arrived...arrived + 1).contains(one.tokens))
        case .usage, .limit, .estimate: #expect(arrived > 0)
        }
        #expect(reading.arrivals.allSatisfy { $0.tokens >= 1 })
    }

    @Test("every cut of the bytes counts the same", arguments: cases)
    func everyCut(_ one: Case) {
        let bytes = Array(Reading.chunked(one.events + [Reading.event("[DONE]")]).utf8)
        func figures(cut: Int) -> String {
            var reading = Reading(norm: one.norm)
            reading.take(bytes[..<cut])
            reading.take(bytes[cut...])
            return reading.figures
        }
        let whole = figures(cut: 0)
        for cut in stride(from: 1, to: bytes.count - 5, by: 7) { #expect(figures(cut: cut) == whole) }
    }

    @Test("prompt tokens are bounded by what a request can hold; cached ones by the prompt's")
    func prompts() {
        func read(_ members: String, limit: Int) -> TokenCount {
            var norm = AnswerNorm(requestedTokens: 16)
            norm.promptLimit = limit
            let events = [Self.text(), Self.stop, Self.usage(members), Reading.event("[DONE]")]
            return Reading.of(events, norm: norm).reader.count
        }
        let most = AnswerNorm.promptLimit(requestBytes: 1000)
        let fits = read("\"prompt_tokens\":\(most),\"prompt_cache_hit_tokens\":5", limit: most)
        #expect(fits.promptTokens == most && fits.cachedTokens == 5)
        for count in ["\(most + 1)", "-1", "9999999999999999", "1e40", "0.5"] {
            let found = read("\"prompt_tokens\":\(count),\"completion_tokens\":1", limit: most)
            #expect(found.promptTokens == nil)
            #expect(found.settled(finish: .stop).wasRefused)
        }
        let cached = read("\"prompt_tokens\":50,\"prompt_cache_hit_tokens\":51", limit: most)
        #expect(cached.promptTokens == 50 && cached.cachedTokens == nil)
        #expect(read("\"prompt_tokens\":0,\"completion_tokens\":1", limit: most).promptTokens == nil)
        #expect(AnswerNorm.promptLimit(requestBytes: 1 << 50) == WireLimits.tokens)
    }

    @Test("one token too few is believed now and then, and not when it repeats")
    func oneShort() {
        var always = ShortCounts()
        #expect((0..<5).map { _ in always.repeats(with: true) } == [false, false, true, true, true])
        var sometimes = ShortCounts()
        #expect(!(0..<30).contains { sometimes.repeats(with: $0 % 3 == 0) })
        let reading = Reading.of(
            Self.sixteen + [Self.stop, Self.usage(Self.completion("15"))], norm: Self.norm)
        #expect(reading.reader.count.isOneShort(reading.reader.settled))
        #expect(reading.reader.count.refused(finish: .stop).outputTokens == 16)
    }
}

extension TokenCountTests.Case {
    func by(_ source: TokenSource) -> Self {
        var other = self
        other.source = source
        return other
    }

    func flagged() -> Self {
        var other = self
        other.refused = true
        return other
    }
}
