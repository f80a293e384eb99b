import Foundation
import Measure
import Testing

@testable import Recording

/// A recording of format 1 and its CSV, both made by version 0.1.0: what was written then opens and exports
/// for ever, with the same cells in the same columns. Later programs add columns, and only behind those.
@Suite struct Format1Tests {
    private static func fixture(_ name: String) throws -> URL {
        let folder = try #require(Bundle.module.url(forResource: "Format1", withExtension: nil))
        return folder.appendingPathComponent(name)
    }

    private static func open() throws -> RecordingReader {
        try RecordingReader.open(path: fixture("session.plimsoll").path)
    }

    @Test func itsFiguresAreRead() throws {
        let reader = try Self.open()
        #expect(reader.session.version == "0.1.0")
        #expect(reader.session.options["budget"] == "ttft:p95<300ms,error<1%")
        let plan = try #require(reader.session.plan)
        #expect(plan.workload == Workload(inputTokens: 64, outputTokens: 24))
        #expect(plan.sweep.levels == .list([1, 3]))
        #expect(plan.sweep.dwell == 2 * .second)
        #expect(plan.sweep.errorLimit == 0.05)
        #expect(plan.sweep.budget?.limits.count == 2)
        #expect(plan.seed == 7)
        let levels = try reader.levels
        #expect(levels.map(\.concurrency) == [1, 3])
        #expect(levels.map(\.budgetHeld) == [true, true])
        #expect(levels.map { $0.trust.contains(.clientBound) } == [true, false])
        #expect(try reader.endpoints.map(\.model) == ["simulated-8b"])
        #expect(try reader.losses.isEmpty)
    }

    @Test(arguments: ["levels.csv", "requests.csv", "window_tokens.csv", "marks.csv", "events.csv"])
    func itsCSVStaysWhatItWas(_ name: String) throws {
        let scratch = Scratch()
        try CSVExport.write(from: Self.open(), to: scratch.file("csv"))
        let now = scratch.lines("csv/\(name)")
        let then = try String(contentsOf: Self.fixture("csv/\(name)"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        #expect(now.count == then.count)
        for (now, then) in zip(now, then) {
            #expect(now == then || now.hasPrefix(then + ","))
        }
    }
}
