import Measure
import Testing

@testable import Session

/// What goes to the clipboard: much of it somebody else wrote.
@Suite struct CopiedTextTests {
    private func snapshot(url: String = "http://gpu01:8000/v1/chat/completions", model: Shown = "m")
        -> Snapshot
    {
        let session = SessionInfo(
            started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "1", command: "sweep",
            options: ["users": "1,2"], seed: 7, host: "h")
        var endpoint = EndpointSnapshot(
            info: EndpointInfo(
                id: EndpointID(0), url: Shown(own: url), label: "gpu01:8000", model: model, dialect: "chat"))
        endpoint.levels = [
            LevelResult(
                endpoint: EndpointID(0), level: 0, load: .users(1), windowStart: .zero,
                windowEnd: .zero + .second)
        ]
        return Snapshot(session: session, at: .zero + .second, endpoints: [endpoint])
    }

    @Test func theVerdictAndTheCommand() throws {
        let copied = try #require(CopiedText(snapshot(), of: EndpointID(0)))
        let lines = copied.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines.last == "plimsoll sweep http://gpu01:8000/v1/chat/completions --users 1,2 --seed 7")
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("# ") }, "pasted, nothing but the command can run")
        #expect(lines.contains { $0.contains("plateau") } && lines.contains { $0.contains("run 1970") })
        #expect(!copied.headline.isEmpty)
    }

    @Test func nothingInItRuns() throws {
        let hostile = snapshot(
            url: "http://x/$(reboot);reboot",
            model: Shown(recorded: "a`reboot`\u{1B}]52;c;AAAA\u{7} b <(reboot) > /etc/passwd\nreboot"))
        let text = try #require(CopiedText(hostile, of: EndpointID(0))).text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines.dropLast() {
            #expect(
                line.hasPrefix("# ") && !line.contains { "$`;|&>\\".contains($0) } && !line.contains("<("))
        }
        #expect(lines.last?.contains("'http://x/$(reboot);reboot'") == true, "quoted")
    }

    @Test func whereNothingWasMeasuredThereIsNothingToCopy() {
        var empty = snapshot()
        empty.endpoints[0].levels = []
        #expect(CopiedText(empty, of: EndpointID(0)) == nil)
        #expect(CopiedText(empty, of: EndpointID(9)) == nil)
    }

    @Test func aCommandIsWholeOrLeftOut() throws {
        let long = snapshot(url: "http://x/" + String(repeating: "a", count: 9000))
        let text = try #require(CopiedText(long, of: EndpointID(0))).text
        #expect(text.hasSuffix("# the command is too long to copy") && text.utf8.count < 20_000)
    }
}
