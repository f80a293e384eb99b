import Testing

@testable import Telemetry

@Suite struct PageColumnsTests {
    private static let simple: [PageColumns.Column.Kind] =
        [
            .prompt, .computed, .cached, .generated, .ended, .rejected, .httpResponses(.fine),
            .httpResponses(.clientError), .httpResponses(.serverError), .prefixQueries, .prefixHits,
            .preemptions,
            .drafts, .draftTokens, .acceptedTokens, .failedTransfers, .decodeSteps, .busySlotSteps,
        ].map { .counter($0) }
        + Timing.allCases.flatMap { [.sum($0), .count($0)] }
        + Gauge.allCases.flatMap { [.integral($0), .known($0)] }

    @Test func noTwoKindsShareASlot() {
        let slots = Self.simple.compactMap(\.slot)
        #expect(Set(slots).count == Self.simple.count)
        #expect(slots.max() == PageColumns.Column.Kind.slots - 1)
    }

    @Test func aColumnStaysWhereItIs() {
        let others: [PageColumns.Column.Kind] = [
            .counter(.finished("stop")), .counter(.finished("length")), .counter(.acceptedAt(3)),
            .bucket(.ttft, layout: 1, place: 0), .bucket(.ttft, layout: 2, place: 0),
        ]
        var columns = PageColumns()
        var places: [Int] = []
        for row in [2, 0, 1] {
            for kind in Self.simple + others {
                #expect(columns.known(row, kind) == nil)
                places.append(columns.column(row, kind))
            }
        }
        #expect(places == Array(0..<columns.count))
        var again = places.makeIterator()
        for row in [2, 0, 1] {
            for kind in Self.simple + others { #expect(columns.known(row, kind) == again.next()) }
        }
    }
}
