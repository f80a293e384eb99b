import Measure
import Testing

@testable import Client

@Suite("Arrivals of a closed loop")
struct ClosedLoopTests {
    private static func failure(_ retryAfter: Nanoseconds? = nil) -> RequestFailure {
        RequestFailure(kind: .serverError, status: 500, message: "x", retryAfter: retryAfter)
    }

    private let end = Moment(nanoseconds: 7 * .second)

    @Test("after an answer the next request is due at its end")
    func answered() {
        var loop = ClosedLoop(requestTimeout: 60 * .second)
        for _ in 0..<3 { #expect(loop.due(after: nil, at: end) == end) }
    }

    @Test("after failures it is due later, twice as much each time, and no longer than some seconds")
    func failures() {
        var loop = ClosedLoop(requestTimeout: 60 * .second)
        let waits = (0..<8).map { _ in (loop.due(after: Self.failure(), at: end) - end) / .millisecond }
        #expect(waits == [100, 200, 400, 800, 1600, 3200, 3200, 3200])
        // An answer makes good for all of them.
        #expect(loop.due(after: nil, at: end) == end)
        #expect(loop.due(after: Self.failure(), at: end) - end == 100 * .millisecond)
    }

    @Test(
        "a server's wish is heeded, within reason",
        arguments: [
            (0, 60, 0.1), (0.05, 60, 0.1), (4, 60, 4), (59, 10, 59), (3600, 10, 60), (3600, 600, 600),
        ])
    func wishes(asked: Double, timeout: Double, expected: Double) {
        var loop = ClosedLoop(requestTimeout: .seconds(timeout))
        let due = loop.due(after: Self.failure(.seconds(asked)), at: end)
        #expect(due - end == .seconds(expected))
    }
}
