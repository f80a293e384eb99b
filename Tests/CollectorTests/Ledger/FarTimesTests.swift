import Measure
import Testing

@testable import Collector

@Suite("Times that a recording makes up")
struct FarTimesTests {
    /// As far away as a recording's times may be, and the window that is open all the while.
    @Test(arguments: [Nanoseconds.second, 3_600 * .second, 400 * 86_400 * .second, 1 << 60])
    func memoryDoesNotFollowThem(_ far: Nanoseconds) {
        var books = Books()
        books.start()
        books.open(at: .zero)
        let times = [Moment.zero + 1, Moment.zero + far]
        for (index, time) in times.enumerated() {
            var batch = SampleBatch(loop: 0, upTo: time)
            batch.arrivals = [
                TokenArrival(at: time, gap: -1, request: UInt32(index), endpoint: first, tokens: 1)
            ]
            batch.activity = [LoopActivity(endpoint: first, users: 1, inFlight: 1, waiting: 0)]
            books.ledger.take(.batch(batch))
            _ = books.ledger.snapshot(at: time, cpu: nil, recording: .off)
        }
        #expect(elementCount(of: books.ledger) < Window.mostBins)
        let live = books.ledger.snapshot(at: times[1], cpu: nil, recording: .off).endpoints.first?.live
        #expect(live?.windowTokens == 2)
    }
}
