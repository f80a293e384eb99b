import Measure
import Testing

@testable import Telemetry

@Suite struct PageIntakeTests {
    private let block = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 16)

    /// 500 MB, or no end at all: nobody holds it.
    @Test func aPageWithoutEnd() {
        var intake = PageIntake(at: .zero)
        #expect(throws: PageProblem.tooLarge(limit: PageIntake.mostBytes)) {
            for _ in 0..<8000 { try intake.take(block, at: .zero) }
        }
        #expect(intake.bytes.count <= PageIntake.mostBytes)
    }

    @Test func aSlowDrip() {
        var intake = PageIntake(at: .zero)
        #expect(throws: PageProblem.tooSlow(limit: PageIntake.longest)) {
            for second in 0..<100 { try intake.take([97], at: Moment(nanoseconds: Int64(second) * .second)) }
        }
        #expect(intake.bytes.count == 6)
    }

    @Test(arguments: [([0x1F, 0x8B, 0], PageProblem.compressed), (Array("<html>".utf8), .html)])
    func whatTheFirstBytesGiveAway(bytes: [UInt8], problem: PageProblem) {
        var intake = PageIntake(at: .zero)
        #expect(throws: problem) { try intake.take(bytes, at: .zero) }
    }

    @Test func aPageInParts() throws {
        var intake = PageIntake(at: .zero)
        for part in ["# HELP", " a\n", "a 1\n"] { try intake.take(part.utf8, at: .zero) }
        #expect(MetricsPage(parsing: intake.bytes)["a"] == 1)
    }
}
