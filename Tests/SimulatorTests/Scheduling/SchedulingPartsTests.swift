import Measure
import Testing

@testable import Simulator

struct SchedulingPartsTests {
    @Test func theHeapHandsOutInOrder() {
        var heap = DueHeap<Int>()
        var random = SplitMix64(seed: 7)
        let times = (0..<500).map { _ in Int64(random.next() % 1_000) }
        for (index, time) in times.enumerated() { heap.insert(index, due: Moment(nanoseconds: time)) }
        var seen: [Int64] = []
        let end = Moment(nanoseconds: 5_000)
        // Each comes round once more, a thousand later, as a stream's next token does.
        while let (due, element) = heap.first(dueBy: end) {
            seen.append(due.nanoseconds)
            if due.nanoseconds < 1_000 {
                heap.replaceFirst(with: element, due: due + 1_000)
            } else {
                heap.removeFirst()
            }
        }
        #expect(seen == (times + times.map { $0 + 1_000 }).sorted())
        #expect(heap.count == 0)
        heap.removeFirst()
        #expect(heap.earliest == nil)
        #expect(heap.first(dueBy: end) == nil)
    }

    @Test func thePeakOutlivesTheMomentBetweenTwoRequests() {
        var peak = ConcurrencyPeak()
        let start = Moment(nanoseconds: 10 * .second)
        #expect(peak.note(5, at: start) == 5)
        #expect(peak.note(1, at: start + 100 * .millisecond) == 5)
        #expect(peak.note(1, at: start + 700 * .millisecond) == 5)
        #expect(peak.note(2, at: start + 1_200 * .millisecond) == 2)
        #expect(peak.note(1, at: start + 9 * .second) == 1)
    }

    @Test func pacedTokensKeepToTheirGridWithoutDrift() {
        let model = PacedModel(tpot: 333_333, tick: 100_000)
        let first = Moment(nanoseconds: 1_234_567)
        for index in 0..<10_000 {
            let exact = first + Int64(index) * 333_333
            let due = model.due(index, first: first)
            #expect(due >= exact && due - exact < 100_000 && due.nanoseconds % 100_000 == 0)
        }
        #expect(PacedModel(tick: 0).due(0, first: first) == first)
    }

    @Test func pacedThroughput() {
        let model = PacedModel(ttft: 50 * .millisecond, tpot: 10 * .millisecond, tick: 0)
        #expect(abs(model.analyticThroughput(users: 16, outputTokens: 96) - 16 * 96 / 1.0) < 1e-9)
        #expect(model.analyticThroughput(users: 0, outputTokens: 96) == 0)
        #expect(
            PacedModel(ttft: 0, tpot: 0, tick: 0).analyticThroughput(users: 1, outputTokens: 1) == .infinity)
    }
}
