import Canvas
import Measure
import Testing

@testable import Dashboard

/// What tokens cost, in the verdict's line, where prices are known.
@Suite struct VerdictCostTests {
    private func verdict(_ snapshot: Snapshot, width: Int) -> String {
        var dashboard = Fixture.dashboard()
        let lines = dashboard.draw(snapshot, width: width, height: 40, now: snapshot.at).text
            .split(separator: "\n")
        return lines.first { $0.contains("load line") }.map(String.init) ?? ""
    }

    @Test func atTheLoadLine() throws {
        var snapshot = Fixture.finished
        #expect(!verdict(snapshot, width: 200).contains("USD"))
        snapshot.session.plan?.prices = Prices(own: .perHour(3600))
        let endpoint = try #require(snapshot.endpoints.first)
        let cost = endpoint.cost(Prices(own: .perHour(3600))).atLoadLine.perMillionOutput
        #expect(cost != nil)
        #expect(verdict(snapshot, width: 300).contains(" USD a million tokens out"))
        #expect(verdict(snapshot, width: 200).contains(" USD/M out"))
        #expect(verdict(snapshot, width: 80).contains("load line"), "it gives way first")
        // Without a load line nothing is said.
        snapshot.endpoints[0].loadLine = nil
        #expect(!verdict(snapshot, width: 200).contains("USD"))
    }
}
