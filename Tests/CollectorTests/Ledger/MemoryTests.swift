import Measure
import Testing

@testable import Collector

@Suite("Memory")
struct MemoryTests {
    /// The newest lags of all, whose number goes up and down.
    private static let slack = 1024

    /// A minute of so many requests, with so many tokens each.
    private func books(requests: Int, chunks: Int) -> Books {
        var books = Books()
        books.start(users: 10)
        books.open(at: .zero)
        let spacing = 60_000 / Double(requests)
        for request in 0..<requests {
            let sent = Double(request) * spacing
            let gap = spacing / Double(chunks + 1)
            books.deliver(
                upTo: at(sent + spacing),
                [.even(UInt32(request + 1), sent: sent, ttft: gap, gap: gap, count: chunks, usage: chunks)])
        }
        return books
    }

    @Test("a million tokens leave no more behind than ten thousand")
    func flat() {
        let few = books(requests: 1000, chunks: 10)
        let many = books(requests: 1000, chunks: 1000)
        #expect(many.ledger.progress(of: first, at: at(60_000))?.completed == 1000)
        #expect(elementCount(of: many.ledger) <= elementCount(of: few.ledger) + Self.slack)
    }

    @Test("what is kept of a request goes with it, however it ends")
    func nothingIsLeft() {
        var books = Books()
        books.start()
        books.open(at: .zero)
        books.deliver(upTo: at(100), [.even(1, sent: 0, ttft: 1, gap: 1, count: 3)])
        let before = elementCount(of: books.ledger)
        for number in 2..<4000 {
            let stream = Stream(
                UInt32(number), sent: at(1), chunksAt: [at(2), at(3)], end: at(50),
                failure: number % 2 == 0 ? .cancelled : .timeout)
            books.deliver(upTo: at(100), [stream])
        }
        #expect(elementCount(of: books.ledger) <= before + Self.slack + 8)
    }
}
