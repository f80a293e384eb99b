import Measure
import Testing

@testable import Simulator

struct LagHistogramTests {
    @Test func quantilesAreWithinThreePercent() {
        var histogram = LagHistogram()
        for value in 1...10_000 { histogram.record(Nanoseconds(value) * 1_000) }
        for share in [0.01, 0.5, 0.9, 0.99] {
            let truth = share * 10_000_000
            #expect(abs(Double(histogram.quantile(share)) / truth - 1) < 0.035)
        }
        #expect(histogram.summary.max == 10_000_000)
        #expect(histogram.summary.mean == 5_000_500)
    }

    @Test func degenerateLags() {
        var histogram = LagHistogram()
        #expect(histogram.summary == LagTruth(count: 0, mean: 0, p50: 0, p90: 0, p99: 0, max: 0))
        histogram.record(-5)
        histogram.record(.max)
        #expect(histogram.count == 2)
        #expect(histogram.quantile(0) == 0)
        #expect(histogram.summary.max == .max)
        var other = LagHistogram()
        other.record(40)
        other.add(histogram)
        #expect(other.count == 3)
        #expect(other.quantile(0.5) == 40)
    }

    @Test func theLedgerKeepsTheNewest() {
        var ledger = TruthLedger(keptRequests: 3, since: .zero)
        for number in 1...50 {
            var request = RequestTruth(
                id: "\(number)", number: number, fault: nil, received: .zero, streamed: true, promptTokens: 2)
            request.ended = Moment(nanoseconds: Int64(number))
            ledger.close(request)
        }
        #expect(ledger.requests.count <= 7)
        #expect(ledger.requests.last?.number == 50)
        #expect(ledger.totals.finished == 50)
        #expect(
            TruthLedger.ended(after: Moment(nanoseconds: 48), in: ledger.requests).map(\.number) == [49, 50])
        ledger.reset(at: Moment(nanoseconds: 9))
        #expect(ledger.totals == TruthTotals())
    }
}
