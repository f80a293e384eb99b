import Measure
import Testing

@testable import Collector

@Suite("Event loops, endpoints and replays")
struct DeliveryTests {
    @Test("a level is final only once every loop has delivered past its end")
    func finalOnlyAfterAll() throws {
        var books = Books(loops: 3)
        books.start()
        books.open(at: at(0))
        books.close(at: at(100))
        books.deliver(upTo: at(150), loop: 0)
        books.deliver(upTo: at(150), loop: 1)
        #expect(books.results.isEmpty)
        // The last one has yet to deliver what it saw inside the window.
        books.deliver(upTo: at(99), loop: 2)
        #expect(books.results.isEmpty)
        books.deliver(upTo: at(180), loop: 2, [.even(1, sent: 0, ttft: 50, gap: 10, count: 10)])
        let level = try #require(books.results.first)
        #expect(level.windowTokens == 5)
        #expect(books.results.count == 1)
    }

    @Test("a level becomes final once")
    func finalOnce() {
        var books = Books()
        books.start()
        books.open(at: at(0))
        books.close(at: at(100))
        for round in 1...5 { books.deliver(upTo: at(Double(round) * 100)) }
        #expect(books.results.count == 1)
        #expect(books.ledger.progress(of: first, at: at(500)) == nil)
    }

    @Test("loops that deliver in any order give the same level")
    func loopsInAnyOrder() {
        /// Each loop's batches of 50 ms, by turns.
        func run(_ order: [Int]) -> String {
            var books = Books(loops: 2)
            books.start(users: 2)
            books.open(at: at(30))
            books.close(at: at(190))
            for index in order {
                let sent = Double(index / 2) * 50
                let stream = Stream.even(UInt32(index + 1), sent: sent, ttft: 5, gap: 4, count: 10)
                books.deliver(upTo: at(sent + 50), loop: index % 2, [stream])
            }
            #expect(books.results.count == 1)
            // As text: what is not a number is not even equal to itself.
            return String(describing: books.results)
        }
        let levels = run([0, 1, 2, 3, 4, 5, 6, 7])
        #expect(levels == run([0, 2, 4, 6, 1, 3, 5, 7]))
        #expect(levels == run([1, 3, 0, 5, 2, 7, 4, 6]))
    }

    @Test("several endpoints in one batch: each has its own tokens, requests, levels and users")
    func severalEndpoints() throws {
        var books = Books(endpoints: 2)
        for id in [first, second] {
            books.start(users: 1, of: id)
            books.open(of: id, at: at(0))
        }
        books.close(of: first, at: at(100))
        books.close(of: second, at: at(200))
        books.deliver(
            upTo: at(150),
            [
                .even(1, endpoint: first, sent: 0, ttft: 10, gap: 10, count: 8),
                .even(2, endpoint: second, sent: 0, ttft: 30, gap: 10, count: 5),
                // Of an endpoint that nobody knows.
                .even(3, endpoint: EndpointID(9), sent: 0, ttft: 30, gap: 10, count: 5),
            ],
            activity: [
                LoopActivity(endpoint: first, users: 3, inFlight: 2, waiting: 1),
                LoopActivity(endpoint: second, users: 7, inFlight: 6, waiting: 5),
            ])
        #expect(books.results.map(\.endpoint) == [first])
        #expect(books.results.first?.windowTokens == 8)
        books.deliver(upTo: at(250))
        #expect(books.results.map(\.endpoint) == [first, second])
        #expect(books.results.last?.windowTokens == 5)
        #expect(books.results.last?.ttft.max == 30e6)

        let snapshot = books.ledger.snapshot(at: at(250), cpu: nil, recording: .off)
        #expect(snapshot.endpoints.map(\.users) == [3, 7])
        #expect(snapshot.endpoints.map(\.inFlight) == [2, 6])
        #expect(snapshot.endpoints.map(\.waiting) == [1, 5])
        #expect(snapshot.endpoints.map(\.completed) == [1, 1])
        #expect(snapshot.endpoints.map(\.levels.count) == [1, 1])
    }

    @Test("users of one endpoint on several loops are added up")
    func usersOfSeveralLoops() {
        var books = Books(loops: 2)
        for loop in 0..<2 {
            books.deliver(
                upTo: at(100), loop: loop,
                activity: [LoopActivity(endpoint: first, users: 4 + loop, inFlight: 3, waiting: 2)])
        }
        let snapshot = books.ledger.snapshot(at: at(100), cpu: nil, recording: .off)
        #expect(snapshot.endpoints.first?.users == 9)
        #expect(snapshot.endpoints.first?.inFlight == 6)
    }

    @Test("a replay takes the recorded figures, and makes none of its own")
    func replayAdopts() throws {
        let streams = [Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 8)]
        let recorded = try #require(Books.window(streams, from: at(0), to: at(100)))

        var books = Books(loops: nil)
        books.start()
        books.open(at: at(0))
        books.deliver(upTo: at(50), streams)
        books.close(at: at(100))
        books.deliver(upTo: at(500))
        #expect(books.results.isEmpty)
        books.ledger.take(.result(recorded))
        // Read twice from a file, it is there once.
        books.ledger.take(.result(recorded))
        let snapshot = books.ledger.snapshot(at: at(500), cpu: nil, recording: .off)
        #expect(String(describing: snapshot.endpoints.first?.levels ?? []) == "\([recorded])")
        #expect(snapshot.endpoints.first?.live == nil)
    }

    @Test("levels follow each other; a level that was given up leaves nothing")
    func levelsFollow() {
        var books = Books()
        for level in 0..<3 {
            let start = Double(level) * 1000
            books.start(level, users: level + 1, at: at(start))
            books.open(level, at: at(start + 100))
            books.deliver(
                upTo: at(start + 900),
                [.even(UInt32(level + 1), sent: start + 100, ttft: 10, gap: 10, count: 5)])
            if level == 1 { continue }
            books.close(level, at: at(start + 900))
            books.deliver(upTo: at(start + 950))
        }
        #expect(books.results.map(\.level) == [0, 2])
        #expect(books.results.map(\.windowTokens) == [5, 5])
        #expect(books.results.map(\.concurrency) == [1, 3])
    }

    @Test("events for other levels, in the wrong order or for nobody change nothing")
    func strayEvents() {
        var books = Books()
        books.open(3, at: at(0))
        books.close(0, at: at(0))
        books.start(0)
        books.open(1, at: at(0))
        books.close(0, at: at(10))
        books.open(0, of: second, at: at(0))
        books.deliver(upTo: at(100))
        #expect(books.results.isEmpty)
        #expect(books.ledger.progress(of: first, at: at(100))?.windowOpened == nil)
        #expect(books.ledger.progress(of: second, at: at(100)) == nil)
    }
}
