import Canvas
import Charts
import Testing

@testable import Dashboard

@Suite struct SegmentLineTests {
    private func text(_ line: SegmentLine, width: Int) -> String {
        var canvas = Canvas(width: max(width, 1), height: 1)
        line.draw(on: &canvas, x: 0, y: 0, width: width)
        return canvas.text
    }

    private let line = SegmentLine(
        left: [
            Segment("plimsoll", short: "p", priority: 1), Segment("phase", priority: 9),
        ], right: [Segment("00:01", priority: 5)])

    @Test func segmentsGiveWayByPriority() {
        #expect(text(line, width: 30) == "plimsoll  phase          00:01")
        #expect(text(line, width: 22) == "plimsoll  phase  00:01")
        #expect(text(line, width: 21) == "p  phase        00:01")
        #expect(text(line, width: 14) == "phase    00:01")
        #expect(text(line, width: 11) == "phase")
        #expect(text(line, width: 4) == "pha…")
        #expect(text(line, width: 0) == "")
    }

    @Test func shorteningHasItsOwnPlaceInTheQueue() {
        let line = SegmentLine(left: [
            Segment("measuring 7 s", short: "7 s", priority: 9, shortenAt: 1), Segment("label", priority: 3),
        ])
        #expect(text(line, width: 20) == "measuring 7 s  label")
        #expect(text(line, width: 19) == "7 s  label")
        #expect(text(line, width: 9) == "7 s")
    }

    @Test func whatFitsAfterAllIsAsItWas() {
        let line = SegmentLine(left: [
            Segment("85 s left", short: "85 s", priority: 6, shortenAt: 0),
            Segment("label of it", priority: 3),
            Segment("phase", priority: 9),
        ])
        #expect(text(line, width: 30) == "85 s left  label of it  phase")
        #expect(text(line, width: 28) == "85 s  label of it  phase")
        #expect(text(line, width: 23) == "85 s left  phase")
    }

    @Test func emptySegmentsTakeNoRoom() {
        #expect(
            text(SegmentLine(left: [Segment("", priority: 1), Segment("a", priority: 2)]), width: 9) == "a")
        #expect(text(SegmentLine(left: []), width: 9) == "")
    }
}
