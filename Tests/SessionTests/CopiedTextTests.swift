import Dashboard
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
        let copied = try #require(CopiedText(snapshot(), of: .endpoint(EndpointID(0))))
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
        let text = try #require(CopiedText(hostile, of: .endpoint(EndpointID(0)))).text
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
        #expect(CopiedText(empty, of: .endpoint(EndpointID(0))) == nil)
        #expect(CopiedText(empty, of: .endpoint(EndpointID(9))) == nil)
    }

    @Test func aCommandIsWholeOrLeftOut() throws {
        let long = snapshot(url: "http://x/" + String(repeating: "a", count: 9000))
        let text = try #require(CopiedText(long, of: .endpoint(EndpointID(0)))).text
        #expect(text.hasSuffix("# the command is too long to copy") && text.utf8.count < 20_000)
    }

    @Test func aWatchedServer() throws {
        let start = WallAnchor(moment: .zero, unixNanoseconds: 0)
        let info = SessionInfo(
            started: start, version: "1", command: "watch", watch: WatchPlan(interval: .second),
            options: ["budget": "ttft:p95<900ms", "interval": "1s"], seed: 0, host: "h")
        var server = ServerSnapshot(
            id: SourceID(3), info: WatchedServer(url: "http://gpu01:8000", label: "gpu01:8000"),
            past: NoPast())
        server.model = "qwen`reboot`"
        server.findings = [
            Finding(diagnosis: .kvFull, since: .zero + 60 * .second, sentence: "KV cache 97 % full")
        ]
        var snapshot = Snapshot(session: info, at: .zero + 90 * .second, endpoints: [])
        snapshot.watch = WatchSnapshot(servers: [server], gpus: nil, events: [])
        let text = try #require(CopiedText(snapshot, of: .server(SourceID(3)))).text
        #expect(
            text.split(separator: "\n").map(String.init) == [
                "# http://gpu01:8000  qwen'reboot'", "# 1970-01-01T00:01:30.000Z  gpu01:8000",
                "# KV cache 97 % full, since 1970-01-01T00:01:00.000Z",
                "# watched from h since 1970-01-01T00:00:00.000Z, run \(info.runID)",
                "plimsoll watch http://gpu01:8000 --budget 'ttft:p95<900ms'",
            ])
        #expect(CopiedText(snapshot, of: .server(SourceID(4))) == nil)
    }
}
