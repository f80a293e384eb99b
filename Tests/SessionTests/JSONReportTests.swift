import Foundation
import Measure
import Testing

@testable import Session

/// What scripts read of endpoints that failed.
@Suite struct JSONReportTests {
    private static func endpoint(_ index: Int, model: Shown, _ phase: Phase) -> EndpointSnapshot {
        EndpointSnapshot(
            info: EndpointInfo(
                id: EndpointID(index), url: "http://h\(index)/v1", label: "h\(index)", model: model,
                dialect: ""),
            phase: phase)
    }

    private func snapshot(_ endpoints: [EndpointSnapshot]) -> Snapshot {
        Snapshot(
            session: SessionInfo(
                started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "0", command: "sweep",
                options: [:], seed: 1, host: "h"),
            at: .zero, endpoints: endpoints)
    }

    @Test func aFailedEndpointKeepsItsPlace() throws {
        let text = JSONReport(
            snapshot([
                Self.endpoint(0, model: "", .failed("connection refused")),
                Self.endpoint(1, model: "m", .done(.planDone)),
            ]), recording: nil
        ).text
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let endpoints = try #require(document?["endpoints"] as? [[String: Any]])
        #expect(endpoints.map { $0["url"] as? String } == ["http://h0/v1", "http://h1/v1"])
        #expect(endpoints[0]["ended"] as? String == "failed")
        #expect(endpoints[0]["error"] as? String == "connection refused")
        #expect((endpoints[0]["levels"] as? [Any])?.isEmpty == true)
        #expect(endpoints[0]["model"] is NSNull && endpoints[1]["error"] is NSNull)
    }

    @Test func theSessionSaysWhatItWas() throws {
        var snapshot = snapshot([Self.endpoint(0, model: "m", .done(.planDone))])
        snapshot.marks = [Mark(at: Moment(nanoseconds: 250_000_000), note: "look")]
        let text = JSONReport(snapshot, recording: nil).text
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let session = try #require(document?["session"] as? [String: Any])
        #expect(session["run_id"] as? String == snapshot.session.runID)
        #expect(session["started"] as? String == "1970-01-01T00:00:00.000Z")
        #expect(session["repeat"] as? String == "plimsoll sweep http://h0/v1 --seed 1")
        let mark = (session["marks"] as? [[String: Any]])?.first
        #expect(mark?["note"] as? String == "look")
        #expect(mark?["time"] as? String == "1970-01-01T00:00:00.250Z")
        #expect(mark?["time_ns"] as? Int == 250_000_000)
        let endpoint = (document?["endpoints"] as? [[String: Any]])?.first
        #expect(endpoint?["cost"] is NSNull, "nobody said what things cost")
    }

    @Test func theSummaryNamesItOnce() {
        let text = SummaryReport(
            snapshot([Self.endpoint(0, model: "", .failed("connection refused"))]), recording: nil
        ).text
        #expect(text.contains("http://h0/v1  failed: connection refused\n"))
    }
}
