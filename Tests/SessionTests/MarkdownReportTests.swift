import Foundation
import Measure
import Testing

@testable import Recording
@testable import Session

/// A result as a text to send: from a recording, with its curve.
@Suite(.timeLimit(.minutes(10))) struct MarkdownReportTests {
    private func recorded() async throws -> Stage {
        let stage = try Stage()
        let request = try stage.request(budget: "ttft:p50<10s") {
            $0.plan.prices = Prices(own: .perHour(2))
            $0.options["budget"] = "ttft:p50<10s"
        }
        _ = try await stage.run(request)
        return stage
    }

    @Test func aReportWithItsCurve() async throws {
        let stage = try await recorded()
        let export = MarkdownExport(to: stage.folder + "/R.md")
        let session = try await ReplaySession(
            stage.recording, prices: Prices(tokensPerDay: 1e6), parts: stage.parts)
        try await session.write(export, force: false)
        let text = stage.text("R.md")
        for words in [
            "# The load line of m at host0:8000", "](<R.svg>)", "load line: ", "| users |", "## Cautions",
            "## What it was measured on",
            "    plimsoll sweep http://host0:8000/v1/chat/completions --users 1,2,4",
            "run 20", "2.00 USD an hour", "a month of 1.00 M tokens a day",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("| ") }.count == 5, "a row a level")
        #expect(stage.text("R.svg").hasPrefix("<svg ") && stage.text("R.svg").contains("throughput"))
        #expect(!stage.text("R.svg").contains("quit"), "a picture has no keys")
        // They are there now.
        #expect(throws: CommandFailure.self) { try export.check(force: false) }
        try export.check(force: true)
    }

    @Test func bothFilesOrNone() async throws {
        let stage = try await recorded()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: stage.folder + "/R.svg"))
        let session = try await ReplaySession(stage.recording, parts: stage.parts)
        await #expect(throws: CommandFailure.self) {
            try await session.write(MarkdownExport(to: stage.folder + "/R.md"), force: false)
        }
        #expect(OutputFile.isFree(stage.folder + "/R.md") && stage.text("R.svg") == "mine")
    }

    @Test func serversWordsAreNoMarkdown() {
        let text = MarkdownReport.escaped("a|b <img> [x](y) `z`\n# c")
        #expect(text == ##"a\|b \<img\> \[x\](y) \`z\` \# c"##)
    }
}
