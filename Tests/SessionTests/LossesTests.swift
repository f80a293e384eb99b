import Measure
import Recording
import Testing

@testable import Session

/// What a full disk swallowed is said to whoever looks at the recording.
@Suite struct LossesTests {
    private func summary(_ losses: RecordingLosses, width: Int? = nil) -> String {
        let session = SessionInfo(
            started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "0", command: "sweep",
            options: [:], seed: 1, host: "h")
        let snapshot = Snapshot(
            session: session, at: .zero, endpoints: [], marks: [], budget: nil, recording: .off,
            lag: LagSummary(), ended: true)
        return SummaryReport(snapshot, recording: nil, width: width, losses: losses).text
    }

    @Test func nothingIsSaidOfNothing() {
        #expect(RecordingLosses().sentence == nil)
        #expect(!summary(RecordingLosses()).contains("disk"))
    }

    @Test(arguments: [
        (RecordingLosses(arrivals: 1), "1 token arrival while"),
        (RecordingLosses(arrivals: 120, requests: 3), "120 token arrivals, 3 requests while"),
        (RecordingLosses(others: 1), "1 event or level while"),
        (
            RecordingLosses(requests: 1, others: 2, readings: 9),
            "1 request, 2 events or levels, 9 readings while"
        ),
    ])
    func eachIsSaid(losses: RecordingLosses, words: String) {
        #expect(losses.sentence?.contains("swallowed \(words)") == true)
        #expect(summary(losses).contains("! a full disk swallowed \(words)"))
    }
}
