import Foundation
import Measure
import Recording
import Testing

@testable import Session

/// One load for long, and its figures over time.
@Suite(.timeLimit(.minutes(10))) struct SoakTests {
    private func soak(_ stage: Stage, _ change: (inout SessionRequest) -> Void = { _ in }) throws
        -> SessionRequest
    {
        try stage.request {
            $0.plan.sweep.levels = .list([4])
            $0.plan.sweep.dwell = 2 * .second
            $0.plan.sweep = $0.plan.sweep.held(for: 20 * .second)
            change(&$0)
        }
    }

    @Test func slicesOfTheWholeWindow() async throws {
        // Slower for a while, with failures.
        let stage = try Stage { _, elapsed in
            (10 * .second..<11 * .second).contains(elapsed) ? .refuses : .answers
        }
        let request = try soak(stage) {
            $0.output.json = true
            $0.plan.sweep.errorLimit = 1
        }
        #expect(try await stage.run(request) == .done)
        let levels = try stage.reader().levels
        #expect(levels.map(\.concurrency) == [4], "one window, whatever befell it")
        #expect(abs((levels[0].windowEnd - levels[0].windowStart).inSeconds - 20) < 0.5)
        let document = try JSONSerialization.jsonObject(with: Data(stage.console.documents.utf8))
        let endpoint = ((document as? [String: Any])?["endpoints"] as? [[String: Any]])?.first
        let slices = try #require(endpoint?["over_time"] as? [[String: Any]])
        #expect((8...10).contains(slices.count), "two seconds each: \(slices.count)")
        let tokens = slices.compactMap { $0["output_throughput"] as? Double }
        #expect(tokens.count == slices.count)
        #expect(tokens.filter { abs($0 - 320) < 16 }.count >= slices.count - 2, "4 users, 80 tokens/s each")
        #expect((tokens.min() ?? 0) < 250, "the bad second is seen: \(tokens)")
        let failed = slices.compactMap { $0["failed"] as? Int }.reduce(0, +)
        #expect((30...40).contains(failed), "of four users for a second")
        // The same as a table.
        let folder = stage.folder + "/csv"
        let files = try TableExport.write(from: stage.reader(), to: folder)
        #expect(files.last?.name == "slices.csv" && files.last?.rows == slices.count)
        let header = stage.text("csv/slices.csv").split(separator: "\n").first
        #expect(header == stage.text("csv/levels.csv").split(separator: "\n").first)
        // In order, and none overlaps the next.
        let times = slices.flatMap { [$0["window_start"] as? Int ?? 0, $0["window_end"] as? Int ?? 0] }
        #expect(times == times.sorted() && Set(times).count == times.count)
        #expect(
            stage.console.errors.components(separatedBy: "from 00:00:").count - 1 == slices.count,
            "a line each")
    }

    @Test func aReplayShowsTheSame() async throws {
        let stage = try Stage()
        #expect(try await stage.run(soak(stage)) == .done)
        let table = try #require(stage.console.outputs.components(separatedBy: "over time\n").last)
        #expect(table.split(separator: "\n").count >= 9)
        let console = HeardConsole()
        var parts = stage.parts
        parts.console = console
        try await ReplaySession(stage.recording, parts: parts).summarize()
        #expect(console.outputs.components(separatedBy: "over time\n").last == table)
    }

    @Test func severalEndpoints() async throws {
        let stage = try Stage(endpoints: 2)
        #expect(try await stage.run(soak(stage) { $0.plan.oneAfterAnother = true }) == .done)
        for label in ["host0:8000", "host1:8000"] {
            #expect(stage.console.errors.contains("\(label) · from 00:00:00 · "), "each from its own start")
            #expect(stage.console.outputs.contains("\(label) over time\n"))
        }
    }

    @Test func aSweepHasNone() async throws {
        let stage = try Stage()
        #expect(try await stage.run(stage.request { $0.output.json = true }) == .done)
        #expect(!stage.console.documents.contains("over_time"))
    }
}
