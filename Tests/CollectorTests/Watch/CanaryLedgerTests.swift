import Measure
import Testing

@testable import Collector

/// What becomes of canaries in the books.
@Suite struct CanaryLedgerTests {
    private static let good = CanaryAnswer(ttft: 50, e2e: 90, promptTokens: 32, outputTokens: 16)
    private static let bad = CanaryAnswer(
        ttft: nil, e2e: nil, promptTokens: 0, outputTokens: 0, failure: "HTTP 500")

    private static func books(budget: String? = nil) throws -> WatchBooks {
        var session = WatchBooks.session
        session.watch?.canary = 10 * .second
        session.watch?.budget = try budget.map { try LatencyBudget(parsing: $0) }
        var books = WatchBooks(session)
        books.join(0, WatchBooks.role(8000))
        return books
    }

    /// Once is an event, and twice a finding, since the first.
    @Test func oneThatFails() throws {
        var books = try Self.books()
        for second in 0...5 { books.serve(0, at: Double(second)) }
        #expect(books.say(0, .canary(Self.good), at: 5.5) == [])
        books.serve(0, at: 6)
        #expect(books.say(0, .canary(Self.bad), at: 6.5).map(\.text) == ["a canary failed: HTTP 500"])
        #expect(books.serve(0, at: 7) == [])
        #expect(books.say(0, .canary(Self.bad), at: 7.5) == [])
        #expect(books.serve(0, at: 8).map(\.kind) == ["canary-fails"])
        let finding = try #require(books.snapshot(at: 8).servers.first?.findings.first)
        #expect(finding.diagnosis == .canaryFails && finding.since == WatchBooks.at(6.5))
        #expect(finding.sentence == "the canary fails: 2 in a row, the last: HTTP 500")
        books.say(0, .canary(Self.good), at: 8.5)
        #expect(books.serve(0, at: 9).map(\.kind) == ["canary-fails-over"])
        let server = try #require(books.snapshot(at: 9).servers.first)
        #expect(server.findings.isEmpty && server.canaries.count == 4)
        #expect(server.canaryCount.sent == 4 && server.canaryCount.failed == 2)
        #expect(server.canaryCount.tokens == 96)
    }

    /// A page that counts so many answers, each slower than the budget allows.
    private static func serve(_ books: inout WatchBooks, at second: Double, answers: Double) {
        books.read(
            0, at: second,
            [
                "vllm:time_to_first_token_seconds_sum": 2 * answers,
                "vllm:time_to_first_token_seconds_count": answers,
            ])
    }

    @Test func aServerThatAnsweredOnlyCanariesIsIdle() throws {
        func verdicts(_ answers: Double) throws -> [Attainment.Verdict] {
            var books = try Self.books(budget: "ttft:mean<1s")
            Self.serve(&books, at: 0, answers: 0)
            for second in [10.0, 20, 30] { books.say(0, .canary(Self.good), at: second) }
            Self.serve(&books, at: 31, answers: answers)
            let facts = try #require(books.snapshot(at: 31).servers.first?.facts)
            #expect(facts.ownMinute.requests == 3)
            return facts.attainments.map(\.verdict)
        }
        #expect(try verdicts(3) == [.idle])
        #expect(try verdicts(12) == [.broken], "somebody else was there")
    }

    /// Those that are older than the minute are none of it.
    @Test func ofTheLastMinute() throws {
        var books = try Self.books(budget: "ttft:mean<1s")
        for second in 0...150 {
            if second % 10 == 5 { books.say(0, .canary(Self.good), at: Double(second) - 0.5) }
            Self.serve(&books, at: Double(second), answers: Double(second))
        }
        let facts = try #require(books.snapshot(at: 150).servers.first?.facts)
        #expect(facts.ownMinute.requests == 6 && facts.ownFiveMinutes.requests == 15)
        #expect(facts.attainments.map(\.verdict) == [.broken])
    }
}
