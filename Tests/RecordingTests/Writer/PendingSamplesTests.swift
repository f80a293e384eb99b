import Measure
import Testing

@testable import Recording

@Suite struct PendingSamplesTests {
    private let limits = PendingSamples.Limits(arrivals: 100, requests: 20, batches: 10, others: 3)

    private func batch(_ index: Int, arrivals: Int = 10, requests: Int = 1) -> SampleBatch {
        let arrival = TokenArrival(
            at: Sample.at(Int64(index)), gap: 1, request: 1, endpoint: EndpointID(0), tokens: 1)
        var random = SplitMix64(seed: 1)
        return SampleBatch(
            loop: 0, upTo: Sample.at(Int64(index)), arrivals: Array(repeating: arrival, count: arrivals),
            requests: (0..<requests).map { _ in
                Sample.request(UInt32(index), EndpointID(0), end: Sample.start, &random)
            })
    }

    private func totals(_ items: [PendingSamples.Item]) -> (arrivals: Int, requests: Int) {
        items.reduce(into: (0, 0)) { sum, item in
            guard case .batch(let batch, _) = item else { return }
            sum.0 += batch.arrivals.count
            sum.1 += batch.requests.count
        }
    }

    @Test func staysBoundedAndKeepsRequestsLongest() {
        var pending = PendingSamples(limits: limits)
        for index in 0..<1_000 { pending.add(batch(index)) }
        let items = pending.items
        #expect(items.count <= 10)
        #expect(totals(items).arrivals == 100)
        #expect(totals(items).requests == 20)
        #expect(pending.losses == .init(arrivals: 9_900, requests: 980, others: 0))
    }

    @Test func eventsOutliveBatches() {
        var pending = PendingSamples(limits: limits)
        for index in 0..<100 { pending.add(batch(index)) }
        for index in 0..<5 { pending.add(.marked(note: "\(index)", at: .zero)) }
        #expect(pending.losses.others == 2)
        #expect(pending.items.contains { if case .event(.marked("0", _)) = $0 { true } else { false } })
    }

    @Test func whatTheWriterHoldsCountsUntilItIsWritten() {
        var pending = PendingSamples(limits: limits)
        for index in 0..<10 { pending.add(batch(index)) }
        let taken = pending.take()
        pending.add(batch(10))
        #expect(pending.losses.arrivals == 10)
        pending.putBack(taken)
        #expect(totals(pending.items).arrivals == 100)
        let holes = pending.items.map { if case .batch(_, let hole) = $0 { hole } else { false } }
        #expect(holes == Array(repeating: false, count: 10) + [true])
        _ = pending.take()
        pending.written()
        pending.add(batch(11))
        #expect(pending.losses.arrivals == 10)
        #expect(totals(pending.items).arrivals == 10)
    }

    @Test func orderIsKept() {
        var pending = PendingSamples(limits: limits)
        pending.add(batch(1))
        pending.add(.marked(note: "a", at: .zero))
        pending.add(batch(2))
        let taken = pending.take()
        pending.add(batch(3))
        pending.putBack(taken)
        let order = pending.items.map { item in
            if case .batch(let batch, _) = item {
                "\((batch.upTo - Sample.at(0)) / .millisecond)"
            } else {
                "event"
            }
        }
        #expect(order == ["1", "event", "2", "3"])
    }
}
