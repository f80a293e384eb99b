import Measure
import Testing

@testable import Telemetry

@Suite struct LlamaCppTests {
    private static func series(_ pages: [String], slots: Bool = true) throws -> Watched {
        var watched = Watched()
        let times = try Capture.times("llama")
        for page in pages {
            try watched.take(
                try Capture.bytes("series/llama-\(page).txt"),
                slots: slots ? try Capture.bytes("series/llama-\(page).slots.json") : nil,
                at: try #require(times[page]) - Watched.epoch)
        }
        return watched
    }

    @Test func aRealServerUnderTwoUsersAndSix() throws {
        let pages = ["03", "04", "05", "06", "07", "08", "09", "10"]
        let watched = try Self.series(pages)
        let figures = try watched.figures()
        #expect(watched.history.kind == .llamacpp && watched.history.model == nil)
        #expect(figures.running == 2 && figures.waiting == 0)
        // Ended by then, and under way: 344 + 47 − 0.
        #expect(figures.generatedTokens == 391)
        // By the counters alone.
        #expect(try Self.series(pages, slots: false).figures().generatedTokens == 344)
        #expect(figures.computedTokensPerSecond == figures.promptTokensPerSecond)
        #expect(figures.prefixHitRate == 0)
        // No buckets, but what a token took on average.
        let token = try #require(figures.itl?.mean)
        #expect((5e6...1e8).contains(token) && figures.itl?.quantile(.p95) == nil)
        #expect(figures.ttft == nil && figures.kvUsage == nil && figures.errorsPerSecond == nil)
        #expect(figures.kvCapacityTokens == 4096)
        // (1.9 · 324 − 1 · 8)/316 or thereabouts: two at a time, but for the first request.
        let batch = try #require(figures.meanBatch)
        #expect((1.5...2).contains(batch))
        let crowded = try Self.series(["20", "21", "22", "23", "24"])
        #expect(try crowded.figures().waiting == 2)
    }

    /// In every interval something comes, though its counter stands still over some.
    @Test func tokensAreSeenBetweenTwoEnds() throws {
        let names = ["04", "05", "06", "07", "08", "09", "10"]
        var watched = try Self.series(["04"])
        let times = try Capture.times("llama")
        for name in names.dropFirst() {
            try watched.take(
                try Capture.bytes("series/llama-\(name).txt"),
                slots: try Capture.bytes("series/llama-\(name).slots.json"),
                at: try #require(times[name]) - Watched.epoch)
            #expect(try #require(try watched.figures(.scrape).generatedTokens) > 0)
        }
    }

    private static func page(_ predicted: Int) -> String { "llamacpp:tokens_predicted_total \(predicted)\n" }

    private static func slots(_ decoded: Int?) -> [UInt8] {
        Array(
            "[{\"id\":0,\"is_processing\":\(decoded != nil),\"next_token\":{\"n_decoded\":\(decoded ?? 0)}}]"
                .utf8)
    }

    /// The two pages are read one after the other: a request may end in between.
    @Test func anEndBetweenTheTwoPagesIsNotCountedTwice() throws {
        var watched = Watched()
        for (second, (predicted, decoded)) in [(0, 40), (0, nil), (50, nil)].enumerated() {
            try watched.take(Self.page(predicted).utf8, slots: Self.slots(decoded), at: Double(second))
        }
        #expect(try watched.figures().generatedTokens == 10)
    }

    @Test func aRequestThatIsGivenUpHidesNothingAfter() throws {
        var watched = Watched()
        for (second, (predicted, decoded)) in [(0, 400), (0, nil), (0, nil), (0, 30), (50, nil)].enumerated()
        {
            try watched.take(Self.page(predicted).utf8, slots: Self.slots(decoded), at: Double(second))
        }
        #expect(try watched.figures().generatedTokens == 50)
    }

    /// A long prompt is work, though nothing is counted before its answer begins.
    @Test func promptsAreSeenBeforeTheirAnswers() throws {
        var watched = Watched()
        // Counted, read so far of a prompt of 1000, and answered.
        let steps = [(0, 0, 0), (0, 300, 0), (0, 700, 0), (1000, 1000, 1), (1000, 1000, 9)]
        var seen: [Double?] = []
        for (second, (counted, read, decoded)) in steps.enumerated() {
            try watched.take(
                "llamacpp:prompt_tokens_total \(counted)\nllamacpp:tokens_predicted_total 0\n".utf8,
                slots: Array(
                    "[{\"id\":0,\"is_processing\":true,\"n_prompt_tokens_processed\":\(read),\"next_token\":[{\"n_decoded\":\(decoded)}]}]"
                        .utf8), at: Double(second))
            if second > 0 { seen.append(try watched.figures(.scrape).promptTokens) }
        }
        #expect(seen == [300, 400, 300, 0])
        let figures = try watched.figures()
        #expect(figures.promptTokens == 1000 && figures.computedTokensPerSecond == 250)
        #expect(figures.generatedTokens == 9)
    }

    /// Guesses are counted as vLLM counts them.
    @Test func itsGuesses() throws {
        func page(_ n: Int) -> String {
            """
            llamacpp:spec_decode_num_drafts_total \(10 * n)
            llamacpp:spec_decode_num_draft_tokens_total \(20 * n)
            llamacpp:spec_decode_num_accepted_tokens_total \(11 * n)
            llamacpp:spec_decode_num_accepted_tokens_per_pos_total{position="0"} \(8 * n)
            llamacpp:prompt_tokens_total \(60 * n)
            llamacpp:prompt_tokens_cached_total \(40 * n)
            llamacpp:n_tokens_max \(5000 + n)

            """
        }
        let figures = try Watched.twice(page(0), page(10)).figures()
        #expect(figures.speculation == Speculation(acceptance: 0.55, length: 2.1, byPosition: [0.8]))
        // Its prompts' tokens are without those that the cache had.
        #expect(figures.promptTokensPerSecond == 100 && figures.computedTokensPerSecond == 60)
        #expect(figures.cachedTokensPerSecond == 40 && figures.prefixHitRate == 0.4)
    }

    /// 3 + 1 at a time over 10 steps, though the mean of its whole life hardly moves.
    @Test func theBatchIsOfTheSpan() throws {
        let figures = try Watched.twice(
            "llamacpp:n_decode_total 990\nllamacpp:n_busy_slots_per_decode 1",
            "llamacpp:n_decode_total 1000\nllamacpp:n_busy_slots_per_decode 1.03"
        ).figures()
        #expect(isNear(figures.meanBatch, 4, by: 1e-6))
    }

    @Test func itsSpeedGaugesAreLeftAlone() throws {
        let figures = try Watched.twice(
            "llamacpp:predicted_tokens_seconds 9\nllamacpp:requests_processing 1",
            "llamacpp:predicted_tokens_seconds 9\nllamacpp:requests_processing 1"
        ).figures()
        #expect(figures.generationTokensPerSecond == nil)
    }

    @Test(arguments: [
        "", "[]", "{}", "<html>", "[{\"id\":\"x\"}]", "[{\"id\":0}]", "[{\"id\":0,\"next_token\":[]}]",
    ])
    func brokenSlots(slots: String) throws {
        var watched = Watched()
        try watched.take(Self.page(5).utf8, slots: Array(slots.utf8), at: 0)
        #expect(watched.history.kind == .llamacpp)
    }
}
