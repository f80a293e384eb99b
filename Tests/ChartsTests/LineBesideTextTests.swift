import Charts
import Measure
import Testing

@Suite struct LineBesideTextTests {
    /// A Tuesday, 14:02:03 UTC.
    private static let measured = (1_760_450_523 as Int64) * .second
    private static let hour = 3_600 * Nanoseconds.second

    private static func words(
        load: Double? = 46, input: Double? = 512, output: Double? = 128, isLowerBound: Bool = false,
        isOfSameURL: Bool = true, after: Nanoseconds = 24 * hour
    ) -> String {
        LineBeside(
            line: RecordedLine(
                users: 64, isLowerBound: isLowerBound, tokensPerSecond: 640, budget: "ttft:p95<1s",
                model: "m",
                server: nil, url: "http://gpu02:8000/v1", measured: measured, runID: "r", inputTokens: 512,
                outputTokens: 128, isOfSameURL: isOfSameURL),
            load: load, inputTokens: input, outputTokens: output
        ).words(at: measured + after)
    }

    @Test func aShare() {
        #expect(Self.words() == "46 of 64 users, 72 % of the load line measured on Tuesday 14:02 UTC")
        #expect(
            Self.words(isLowerBound: true)
                == "46 of ≥ 64 users, at most 72 % of the load line measured on Tuesday 14:02 UTC")
        #expect(
            Self.words(load: 2.6, isOfSameURL: false)
                == "2.6 of 64 users, 4.1 % of the load line measured on Tuesday 14:02 UTC of http://gpu02:8000/v1"
        )
        // A quarter off is still the same.
        #expect(Self.words(input: 640).contains("72 %"))
    }

    @Test func noShare() {
        let line = "load line 64 users, measured on Tuesday 14:02 UTC with 512 tokens in and 128 out; "
        #expect(Self.words(input: 2_048) == line + "today's traffic has 2 048 tokens in and 128 out")
        #expect(Self.words(output: nil) == line + "today's lengths are unknown")
        #expect(Self.words(load: nil) == line + "how many requests there are now is unknown")
    }

    @Test func theWeekdayIsTheLastWeeks() {
        #expect(Self.words(after: 0).contains("Tuesday 14:02 UTC"))
        #expect(Self.words(after: 6 * 24 * Self.hour - 1).contains("Tuesday 14:02 UTC"))
        #expect(Self.words(after: 6 * 24 * Self.hour).contains("2025-10-14 14:02 UTC"))
        // A clock that was put back.
        #expect(Self.words(after: -Self.hour).contains("2025-10-14 14:02 UTC"))
        #expect(
            Format.day(0, at: 0) == "Thursday 00:00 UTC" && Format.day(-1, at: 0) == "Wednesday 23:59 UTC")
        #expect(Format.day(.min, at: .max).hasSuffix("UTC"))
    }
}
