import Measure
import Testing

@testable import Collector

/// Rows, their figures, and what else is said of servers.
@Suite struct WatchLedgerTests {
    private static func at(_ seconds: Double) -> Moment { WatchBooks.at(seconds) }

    @Test func aServerIsARow() throws {
        var books = WatchBooks()
        books.join(0, nil)
        books.join(3, WatchBooks.role(8000))
        #expect(books.snapshot(at: 0.5).servers.map(\.status) == [.waiting])
        for second in 0...70 { books.serve(3, at: Double(second)) }
        let snapshot = books.snapshot(at: 70.5)
        let server = try #require(snapshot.servers.first)
        #expect(snapshot.servers.count == 1 && snapshot.gpus == nil && snapshot.kinds == ["joined"])
        #expect(server.id == SourceID(3) && server.info.label == ":8000" && server.kind == .vllm)
        #expect(server.status == .up && server.lastReading == Self.at(70) && server.findings.isEmpty)
        #expect(server.facts?.scrape.generationTokensPerSecond == 100)
        #expect(server.session?.generatedTokens == 7000 && server.session?.elapsed == 70 * .second)
        #expect(server.engines.isEmpty && server.joulesPerToken == .failure(.notMeasured))
        #expect(server.past.course(since: Self.at(60), engine: nil).count == 10)
        #expect(
            server.past.figures(overLast: 10 * .second, at: Self.at(30), engine: nil)?.elapsed == 10 * .second
        )
        #expect(server.past.figures(overLast: 10 * .second, at: Self.at(-1), engine: nil) == nil)
    }

    @Test func readingsOfNobodyAreNothing() {
        var books = WatchBooks()
        books.join(0, nil)
        #expect(books.serve(0, at: 1) == [] && books.serve(9, at: 1) == [])
        #expect(books.snapshot(at: 2).servers.isEmpty)
    }

    /// A file may have readings in any order.
    @Test func whatIsOlderIsPassedOver() {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        for second in [5, 6, 6, 3, 7] { books.serve(0, at: Double(second)) }
        let figures = books.snapshot(at: 7).servers.first?.facts?.scrape
        #expect(figures?.elapsed == .second && figures?.generationTokensPerSecond == 100)
    }

    @Test func theSameAddressIsTheSameRow() throws {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        books.join(1, WatchBooks.role(8001))
        books.serve(0, at: 1)
        books.leave(0, at: 2)
        #expect(books.snapshot(at: 60).servers.map(\.status) == [.left, .waiting])
        books.join(2, WatchBooks.role(8000), at: 61)
        for second in 61...63 { books.serve(2, at: Double(second)) }
        let snapshot = books.snapshot(at: 64)
        #expect(snapshot.servers.map(\.status) == [.up, .waiting])
        #expect(snapshot.servers.map(\.id) == [SourceID(0), SourceID(1)])
        #expect(
            snapshot.events.filter { $0.source == SourceID(0) }.map(\.kind) == ["joined", "left", "joined"])
        #expect(snapshot.servers.first?.session?.generatedTokens == 6200)
    }

    @Test func enginesHaveFiguresOfTheirOwn() throws {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        for second in 0...40 {
            books.read(
                0, at: Double(second),
                [
                    "vllm:num_requests_running{engine=\"0\"}": 3,
                    "vllm:num_requests_running{engine=\"1\"}": 20,
                    "vllm:generation_tokens_total{engine=\"0\"}": Double(10 * second),
                    "vllm:generation_tokens_total{engine=\"1\"}": Double(30 * second),
                ])
        }
        let server = try #require(books.snapshot(at: 40).servers.first)
        #expect(server.engines.map(\.name) == ["0", "1"])
        #expect(server.engines.map(\.scrape.generationTokensPerSecond) == [10, 30])
        #expect(server.facts?.scrape.generationTokensPerSecond == 40)
        #expect(server.findings.map(\.diagnosis) == [.engineApart])
    }

    /// Three URLs of one model, one of which has all the load; and one of another model.
    @Test func replicasAreFellows() throws {
        var books = WatchBooks()
        let running = [4.0, 20, 5, 90]
        for source in running.indices {
            books.join(source, WatchBooks.role(8000 + source))
            books.say(source, .named(model: source < 3 ? "m" : "other", server: nil), at: 0)
        }
        for second in 1...40 {
            for source in running.indices {
                books.serve(source, at: Double(second), running: running[source])
            }
        }
        let servers = books.snapshot(at: 40).servers
        #expect(servers.map { $0.findings.map(\.diagnosis) } == [[], [.serverApart], [], []])
        #expect(servers[1].findings.first?.sentence == "20 run, 5 on the others")
    }

    @Test func whatIsSaidOfAServer() throws {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        #expect(books.say(0, .named(model: "m", server: "vLLM 1"), at: 1).map(\.text) == ["vLLM 1, m"])
        #expect(books.say(0, .named(model: "m", server: nil), at: 2) == [])
        let answer = CanaryAnswer(ttft: 1, e2e: 2, promptTokens: 3, outputTokens: 4)
        for second in 0..<500 { books.say(0, .canary(answer), at: Double(second)) }
        #expect(books.say(7, .named(model: "m", server: nil), at: 2) == [])
        let server = try #require(books.snapshot(at: 500).servers.first)
        #expect(server.model == "m" && server.server == "vLLM 1")
        #expect(server.canaries.count == 400 && server.canaries.last?.at == Self.at(499))
        #expect(server.canaryCount.sent == 500 && server.canaryCount.tokens == 3_500)
    }

    private static func line(users: Int, input: Double = 500, output: Double = 100) -> RecordedLine {
        RecordedLine(
            users: users, isLowerBound: false, tokensPerSecond: 1, budget: "ttft:p95<1s", model: "m",
            server: nil, url: "http://host:8000", measured: 0, runID: "r", inputTokens: input,
            outputTokens: output, isOfSameURL: true)
    }

    @Test func theLoadLineBesideTheTraffic() throws {
        func server(_ line: RecordedLine) throws -> ServerSnapshot {
            var books = WatchBooks()
            books.join(0, WatchBooks.role(8000))
            books.say(0, .loadLine(line), at: 0)
            for second in 0...70 { books.serve(0, at: Double(second), running: 4, waiting: 2) }
            return try #require(books.snapshot(at: 70).servers.first)
        }
        let below = try server(Self.line(users: 8))
        #expect(below.loadLine?.load == 6 && below.loadLine?.share == 0.75)
        #expect(below.loadLine?.inputTokens == 500 && below.loadLine?.outputTokens == 100)
        #expect(below.facts?.loadLine == 8 && below.findings.isEmpty)
        let above = try server(Self.line(users: 5))
        #expect(above.findings.map(\.diagnosis) == [.overLoadLine])
        let other = try server(Self.line(users: 5, input: 100))
        #expect(other.loadLine != nil && other.loadLine?.share == nil)
        #expect(other.facts?.loadLine == nil && other.findings.isEmpty)
    }

    @Test func theBudgetIsHeldAgainstTheMinute() throws {
        var session = WatchBooks.session
        session.watch?.budget = try LatencyBudget(parsing: "ttft:mean<1s")
        var books = WatchBooks(session)
        books.join(0, WatchBooks.role(8000))
        for second in 0...12 {
            books.read(
                0, at: Double(second),
                [
                    "vllm:time_to_first_token_seconds_sum": Double(2 * second),
                    "vllm:time_to_first_token_seconds_count": Double(second),
                ])
        }
        let server = try #require(books.snapshot(at: 12).servers.first)
        #expect(server.facts?.attainments.map(\.verdict) == [.broken])
        #expect(server.findings.map(\.diagnosis) == [.budgetBroken])
    }
}
