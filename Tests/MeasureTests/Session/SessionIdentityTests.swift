import Testing

@testable import Measure

/// What a result says of itself, and how to run it again.
@Suite struct SessionIdentityTests {
    private static func session(_ options: [String: String], command: String = "sweep") -> SessionInfo {
        SessionInfo(
            started: WallAnchor(moment: .zero, unixNanoseconds: 1_760_000_000 * .second), version: "1",
            command: command, options: options, seed: 7, host: "h")
    }

    private static let endpoint = EndpointInfo(
        id: EndpointID(0), url: "http://a:8000/v1/chat/completions", label: "a:8000", model: "m",
        dialect: "chat")

    @Test func aRunHasOneName() {
        let session = Self.session([:])
        #expect(session.runID.hasPrefix("20251009T085320Z-") && session.runID.count == 25)
        #expect(session.runID == Self.session(["users": "1"]).runID)
        var other = session
        other.host = "i"
        #expect(other.runID != session.runID)
        other = session
        other.started.unixNanoseconds += 1
        #expect(other.runID != session.runID)
    }

    @Test func theCommandIsForAShell() {
        let session = Self.session([
            "users": "1,2", "budget": "ttft:p95<1s", "header": "X-Key, Cookie", "insecure": "",
            "model": "it's; rm -rf ~", "dwell": "20s",
        ])
        #expect(
            session.command(for: [Self.endpoint])
                == "plimsoll sweep http://a:8000/v1/chat/completions --model 'it'\\''s; rm -rf ~' "
                + "--header 'X-Key: …' --header 'Cookie: …' --insecure --users 1,2 --dwell 20s "
                + "--budget 'ttft:p95<1s' --seed 7")
        #expect(Self.session([:], command: "demo").command(for: [Self.endpoint]) == "plimsoll demo")
    }

    /// A stranger's recording may have any options.
    @Test func itWritesNoFiles() {
        let command = Self.session([
            "record": "/etc/passwd", "force": "", "csv": "/", "$(reboot)": "1", "log": "x",
        ]).command(for: [Self.endpoint])
        #expect(command == "plimsoll sweep http://a:8000/v1/chat/completions --seed 7")
    }

    /// Nor are there options in what should be an address, or an option's value.
    @Test(arguments: ["--csv=/home/x", "-h", "--", "--record"])
    func noOptionComesInAsAnotherThing(_ text: String) {
        var endpoint = Self.endpoint
        endpoint.url = Shown(own: text)
        let command = Self.session(["model": text, "header": text]).command(for: [endpoint])
        #expect(
            command.hasPrefix("plimsoll sweep ")
                && !command.split(separator: " ").contains { $0.trimmingPrefix("'") == text })
        #expect(command.contains("--model=") && command.contains("--header="))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_760_000_000_250_999_999, "2025-10-09T08:53:20.250Z"),
        ] as [(Int64, String)])
    func times(unix: Int64, text: String) {
        #expect(WallAnchor(moment: .zero, unixNanoseconds: unix).iso(.zero) == text)
        #expect(WallAnchor(moment: .zero, unixNanoseconds: unix - 5).iso(Moment(nanoseconds: 5)) == text)
    }

    @Test func anyTimeHasAText() {
        for unix in [Int64.min, .max] {
            #expect(!WallAnchor(moment: Moment(nanoseconds: 9), unixNanoseconds: unix).iso(.zero).isEmpty)
        }
    }

    /// Two runs' tables under each other: each row says which it is of.
    @Test func aRowSaysWhatItIsOf() {
        let session = Self.session(["users": "16"])
        let row = LevelResult.sample().columns(
            endpoint: Self.endpoint, anchor: session.started, session: session)
        func cell(_ name: String) -> ColumnValue? { row.first { $0.name == name }?.value }
        #expect(cell("run_id") == .text(session.runID))
        #expect(cell("run_started") == .text("2025-10-09T08:53:20.000Z"))
        #expect(cell("window_end_iso") == .text("2025-10-09T08:53:40.000Z"))
        #expect(cell("host") == .text("h") && cell("plimsoll_version") == .text("1"))
        #expect(cell("command") == .text(session.command(for: [Self.endpoint])))
        #expect(cell("asked_dwell") == .missing, "this one has no plan")
    }
}
