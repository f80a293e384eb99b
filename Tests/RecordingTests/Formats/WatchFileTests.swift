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

    private static let at = "\"at\":{\"nanoseconds\":\(Sample.start)}"

    @Test(arguments: [
        "{\"sourceJoined\":{\"_0\":{\"id\":{\"index\":1},\"name\":\"n\",\"loops\":[],\"role\":{\"server\":{\"_0\":{\"url\":\"u\",\"label\":\"l\",\"endpoint\":{\"index\":64}}}}},AT}}",
        "{\"sourceJoined\":{\"_0\":{\"id\":{\"index\":1},\"name\":\"n\",\"loops\":[],\"role\":{\"server\":{\"_0\":{\"url\":\"u\",\"label\":\"l\",\"localPort\":9000000000000000000}}}},AT}}",
        "{\"serverSaid\":{\"_0\":{\"index\":1},\"_1\":{\"canary\":{\"_0\":{\"ttft\":9000000000000000000,\"promptTokens\":1,\"outputTokens\":1}}},AT}}",
        "{\"serverSaid\":{\"_0\":{\"index\":1},\"_1\":{\"canary\":{\"_0\":{\"promptTokens\":9000000000000000000,\"outputTokens\":1}}},AT}}",
        "{\"gpusSaid\":{\"_0\":{\"index\":1},\"_1\":{\"serving\":{\"_0\":{\"byServer\":[],\"foreign\":[9000000000000000000]}}},AT}}",
        "{\"gpusSaid\":{\"_0\":{\"index\":1},\"_1\":{\"serving\":{\"_0\":{\"byServer\":[{\"index\":1},[-1]],\"foreign\":[]}}},AT}}",
        "{\"serverSaid\":{\"_0\":{\"index\":1},\"_1\":{\"loadLine\":{\"_0\":{\"users\":9000000000000000000,\"isLowerBound\":false,\"tokensPerSecond\":1,\"budget\":\"b\",\"model\":\"m\",\"url\":\"u\",\"measured\":1,\"runID\":\"r\",\"inputTokens\":1,\"outputTokens\":1,\"isOfSameURL\":true}}},AT}}",
    ])
    func whatNoWatchCanHaveSaid(event: String) async throws {
        let scratch = Scratch()
        try await WatchSample.recording(scratch.file("s"), [WatchSample.joined()])
        let database = try DatabaseQueue(path: scratch.file("s"))
        let text = event.replacing("AT", with: Self.at)
        try await database.write { try $0.execute(sql: "UPDATE events SET event = ?", arguments: [text]) }
        try database.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(entries.isEmpty && errors.count == 1)
    }

    /// As far as it is one: such events are read where their numbers are sound.
    @Test func soundOnesAreTaken() async throws {
        let scratch = Scratch()
        let service = GPUService(byServer: [SourceID(1): [0, 7]], foreign: [3])
        let event = SessionEntry.event(.gpusSaid(SourceID(2), .serving(service), at: WatchSample.at(0)))
        try await WatchSample.recording(scratch.file("s"), [event, WatchSample.joined(EndpointID(63))])
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(errors.isEmpty && entries == [event, WatchSample.joined(EndpointID(63))])
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
