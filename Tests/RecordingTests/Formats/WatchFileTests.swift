import Collector
import GRDB
import Measure
import Testing

@testable import Recording

/// A watch in a file: all that decided what was shown is read again, and nothing that no watch can have said.
@Suite struct WatchFileTests {
    @Test func whatIsReadIsWhatWasTaken() async throws {
        let scratch = Scratch()
        try await WatchSample.recording(scratch.file("s"))
        let reader = try RecordingReader.open(path: scratch.file("s"))
        #expect(reader.session == WatchSample.session)
        let (entries, errors) = reader.everything()
        #expect(errors.isEmpty && entries == WatchSample.entries())
        var (live, replay) = (WatchLedger(WatchSample.session), WatchLedger(reader.session))
        for entry in WatchSample.entries() { live.take(entry) }
        for entry in entries { replay.take(entry) }
        let (one, other) = (live.snapshot(at: WatchSample.at(97)), replay.snapshot(at: WatchSample.at(97)))
        #expect(one.events == other.events)
        #expect(one.events.map(\.kind).contains("kv-full") && one.events.map(\.kind).contains("back"))
        #expect(one.servers.map(\.facts?.minute) == other.servers.map(\.facts?.minute))
        #expect(one.servers.map(\.loadLine) == other.servers.map(\.loadLine))
        #expect(one.servers.first?.loadLine?.share == 0.75)
    }

    @Test func wordsAreMadeHarmless() async throws {
        let scratch = Scratch()
        let bad = "a\u{1B}[31mb\u{202E}"
        var line = WatchSample.line
        (line.budget, line.url, line.runID) = (bad, bad, bad)
        let server = WatchedServer(url: bad, label: bad, localPort: 1)
        try await WatchSample.recording(
            scratch.file("s"),
            [
                .event(
                    .sourceJoined(
                        SourceInfo(id: SourceID(1), name: Shown(own: bad), role: .server(server)),
                        at: WatchSample.at(0))),
                .event(.serverSaid(SourceID(1), .loadLine(line), at: WatchSample.at(0))),
                .event(
                    .serverSaid(
                        SourceID(1), .named(model: Shown(own: bad), server: Shown(own: bad)),
                        at: WatchSample.at(0))),
                .event(
                    .serverSaid(
                        SourceID(1), .trouble(PageTrouble(words: Shown(own: bad), isAnswer: true)),
                        at: WatchSample.at(0))),
                .event(.gpusSaid(SourceID(2), .trouble(Shown(own: bad)), at: WatchSample.at(0))),
            ])
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(errors.isEmpty && entries.count == 5)
        for entry in entries {
            var text = ""
            dump(entry, to: &text)
            #expect(!text.contains("\u{1B}") && !text.contains("\\u{1B}") && !text.contains("\u{202E}"))
        }
    }

    /// An event with a number in it, one that can be, and one that can't.
    struct Said: Sendable {
        var event: String
        var sound: String
        var senseless: String
    }

    private static func joined(_ member: String) -> String {
        """
        {"sourceJoined": {"_0": {"id": {"index": 1}, "name": "n", "loops": [], "role": {"server": {"_0":
        {"url": "u", "label": "l", "\(member)": NUMBER}}}}, "at": \(Sample.start)}}
        """
    }

    private static func said(_ news: String, by who: String = "server") -> String {
        "{\"\(who)Said\": {\"_0\": {\"index\": 1}, \"_1\": \(news), \"at\": \(Sample.start)}}"
    }

    private static func canary(_ member: String) -> String {
        said("{\"canary\": {\"_0\": {\"promptTokens\": 1, \"outputTokens\": 1, \(member)}}}")
    }

    private static func line(users: String = "1", input: String = "1") -> String {
        """
        {"loadLine": {"_0": {"users": \(users), "isLowerBound": false, "tokensPerSecond": 1, "budget": "b", "model": "m",
        "url": "u", "measured": 1, "runID": "r", "inputTokens": \(input), "outputTokens": 1, "isOfSameURL": true}}}
        """
    }

    static let all = [
        Said(event: joined("endpoint"), sound: "63", senseless: "64"),
        Said(event: joined("localPort"), sound: "8000", senseless: "9000000000000000000"),
        Said(
            event: said(
                "{\"canary\": {\"_0\": {\"ttft\": NUMBER, \"promptTokens\": 1, \"outputTokens\": 1}}}"),
            sound: "5", senseless: "9000000000000000000"),
        Said(
            event: said("{\"canary\": {\"_0\": {\"promptTokens\": NUMBER, \"outputTokens\": 1}}}"),
            sound: "5", senseless: "9000000000000000000"),
        Said(event: canary("\"tpot\": NUMBER"), sound: "5.5", senseless: "-1"),
        Said(event: canary("\"connect\": NUMBER"), sound: "5", senseless: "9000000000000000000"),
        Said(
            event: canary("\"beforehand\": {\"requests\": 1, \"tokens\": NUMBER}"), sound: "5",
            senseless: "9000000000000000000"),
        Said(
            event: said("{\"serving\": {\"_0\": {\"byServer\": [], \"foreign\": [NUMBER]}}}", by: "gpus"),
            sound: "7", senseless: "9000000000000000000"),
        Said(
            event: said(
                "{\"serving\": {\"_0\": {\"byServer\": [{\"index\": 1}, [NUMBER]], \"foreign\": []}}}",
                by: "gpus"),
            sound: "7", senseless: "-1"),
        Said(event: said(line(users: "NUMBER")), sound: "64", senseless: "9000000000000000000"),
        Said(event: said(line(input: "NUMBER")), sound: "0.5", senseless: "\"inf\""),
    ]

    @Test(arguments: all)
    func whatNoWatchCanHaveSaid(said: Said) async throws {
        let scratch = Scratch()
        try await WatchSample.recording(scratch.file("s"), [WatchSample.joined()])
        func read(_ number: String) throws -> (entries: [SessionEntry], errors: [RecordingError]) {
            let database = try DatabaseQueue(path: scratch.file("s"))
            let text = said.event.replacing("NUMBER", with: number)
            try database.write { try $0.execute(sql: "UPDATE events SET event = ?", arguments: [text]) }
            try database.close()
            return try RecordingReader.open(path: scratch.file("s")).everything()
        }
        let sound = try read(said.sound)
        #expect(sound.entries.count == 1 && sound.errors.isEmpty)
        let senseless = try read(said.senseless)
        #expect(senseless.entries.isEmpty && senseless.errors.count == 1)
    }

    @Test(arguments: [
        "\"interval\":-1", "\"interval\":9000000000000000000", "\"interval\":1,\"duration\":-5",
    ])
    func aPlanThatNobodyMade(plan: String) async throws {
        let scratch = Scratch()
        try await WatchSample.recording(scratch.file("s"), [])
        let database = try DatabaseQueue(path: scratch.file("s"))
        try await database.write {
            try $0.execute(
                sql: "UPDATE session SET info = json_set(info, '$.watch', json('{' || ? || '}'))",
                arguments: [plan])
        }
        try database.close()
        #expect(throws: RecordingError.self) { try RecordingReader.open(path: scratch.file("s")) }
    }
}
