import Measure
import Testing

@testable import Collector

/// An endpoint that couldn't be asked keeps its place beside the others, and they go on.
@Suite struct FailedEndpointTests {
    @Test func itKeepsItsPlaceAndTheOthersGoOn() throws {
        var books = Books(endpoints: 2)
        books.ledger.take(.event(.endpointFailed(first, message: "connection refused", at: at(1))))
        books.start(of: second, at: at(2))
        let snapshot = books.ledger.snapshot(at: at(3), cpu: nil, recording: .off)
        #expect(snapshot.endpoints.map(\.info.label) == ["host0", "host1"])
        #expect(snapshot.endpoints[0].phase == .failed("connection refused"))
        #expect(snapshot.endpoints[1].phase == .warmingUp(since: at(2)))
    }

    @Test func oneThatNobodyIntroducedIsShownToo() {
        var books = Books(endpoints: 1)
        books.ledger.take(.event(.endpointFailed(second, message: "no", at: at(1))))
        let endpoints = books.ledger.snapshot(at: at(2), cpu: nil, recording: .off).endpoints
        #expect(endpoints.map(\.info.label) == ["host0", "endpoint 2"])
        #expect(endpoints[1].phase == .failed("no") && endpoints[1].info.model.text.isEmpty)
    }
}
