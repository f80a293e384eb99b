import Foundation
import GRDB
import Measure
import Testing

@testable import Recording

/// Recordings that somebody made up: each ends in values or in an error, soon, in little memory, and with nothing
/// of it run.
@Suite(.timeLimit(.minutes(10))) struct HostileFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var sql: String
        /// The file isn't taken at all.
        var isForeign = true
        var testDescription: String { name }
    }

    private static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

    private static func replaced(_ table: String, by sql: String) -> String {
        "DROP TABLE \(table); \(sql)"
    }

    static let cases: [Case] = [
        Case(
            name: "an endless view for the session",
            sql: replaced("session", by: "CREATE VIEW session AS \(endless) SELECT i AS info FROM n")),
        Case(
            name: "an endless view for the batches",
            sql: replaced(
                "batches", by: "CREATE VIEW batches AS \(endless) SELECT i AS seq, x'00' AS data FROM n")),
        Case(
            name: "a view of a huge blob for the events",
            sql: replaced(
                "events",
                by: "CREATE VIEW events AS SELECT 1 AS seq, 1 AS at, hex(zeroblob(400000000)) AS event")),
        Case(
            name: "a view for the levels",
            sql: replaced(
                "levels", by: "CREATE VIEW levels AS SELECT 1 AS seq, randomblob(900000000) AS result")),
        Case(
            name: "a virtual table",
            sql: replaced("endpoints", by: "CREATE VIRTUAL TABLE endpoints USING fts5(id, info)")),
        Case(
            name: "a generated column",
            sql: replaced(
                "events",
                by:
                    "CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER, event TEXT AS (hex(zeroblob(400000000))))"
            )),
        Case(
            name: "a default that computes",
            sql: replaced(
                "events",
                by:
                    "CREATE TABLE events (seq INTEGER PRIMARY KEY, at INTEGER, event TEXT DEFAULT (hex(zeroblob(9))))"
            )),
        Case(name: "a table less", sql: "DROP TABLE requests"),
        Case(
            name: "no key", sql: replaced("batches", by: "CREATE TABLE batches (seq, data)")),
        Case(
            name: "a key that is none",
            sql: replaced("batches", by: "CREATE TABLE batches (seq INTEGER KEY, data BLOB NOT NULL)")),
        Case(
            name: "a column of another version", sql: "ALTER TABLE levels ADD COLUMN later", isForeign: false),
        Case(
            name: "far too many tables",
            sql: (0..<300).map { "CREATE TABLE t\($0) (a);" }.joined()),
        Case(
            name: "a trigger, which nothing fires",
            sql: "CREATE TRIGGER boom AFTER UPDATE ON session BEGIN DELETE FROM levels; END", isForeign: false
        ),
        Case(
            name: "a foreign view beside", sql: "CREATE VIEW mine AS \(endless) SELECT i FROM n",
            isForeign: false),
        Case(
            name: "a level of eight megabytes",
            sql: "UPDATE levels SET result = hex(zeroblob(5000000))", isForeign: false),
        Case(
            name: "a blob where text should be",
            sql: "UPDATE session SET ended = x'00', lost_others = 'many'",
            isForeign: false),
        Case(name: "no session", sql: "DELETE FROM session", isForeign: true),
        Case(
            name: "deep JSON",
            sql: "UPDATE events SET event = replace(hex(zeroblob(100000)), '00', '[')", isForeign: false),
        Case(
            name: "deep JSON for the session",
            sql: "UPDATE session SET info = replace(hex(zeroblob(100000)), '00', '{\"a\":')", isForeign: true),
        Case(
            name: "a batch that says it has 2^60 arrivals",
            sql: "UPDATE batches SET data = x'01' || zeroblob(20)",
            isForeign: false),
        Case(name: "negative and endless keys", sql: "UPDATE levels SET seq = -seq", isForeign: false),
        Case(
            name: "the last key of all",
            sql: "UPDATE events SET seq = 9223372036854775807 WHERE seq = (SELECT max(seq) FROM events)",
            isForeign: false),
    ]

    static func made(_ sql: String, in scratch: Scratch) async throws -> String {
        let path = scratch.file("made")
        try await Sample.recording(path, batches: Sample.batches(40, seed: 2))
        let database = try DatabaseQueue(path: path)
        try await database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
        return path
    }

    static func readAll(_ path: String, _ scratch: Scratch) throws -> [RecordingError] {
        let reader = try RecordingReader.open(path: path)
        _ = try? reader.endpoints
        _ = try? reader.marks
        _ = try? reader.ended
        _ = try? reader.losses
        _ = reader.readableLevels()
        let errors = reader.everything().errors
        var requests = reader.requests()
        while true {
            do { guard try requests.next() != nil else { break } } catch {}
        }
        _ = try? CSVExport.write(from: reader, to: scratch.file("csv"), force: true)
        return errors
    }

    @Test(arguments: cases)
    func crafted(_ crafted: Case) async throws {
        let scratch = Scratch()
        let path = try await Self.made(crafted.sql, in: scratch)
        let before = scratch.bytes("made")
        do throws(any Error) {
            _ = try Self.readAll(path, scratch)
            #expect(!crafted.isForeign, "it was taken")
        } catch {
            #expect(crafted.isForeign && error is RecordingError, "\(error)")
            #expect(!"\(error)".contains("\n"))
        }
        #expect(scratch.bytes("made") == before)
        #expect(Set(scratch.names).isSubset(of: ["made", "csv"]))
    }

    /// By the header and by what stands beside it, in folders where nothing can be made.
    @Test func openingWritesNothing() async throws {
        let scratch = Scratch()
        let batches = Sample.batches(30, seed: 4)
        let recorder = try Sample.recorder(scratch.file("live"))
        for batch in batches { recorder.take(.batch(batch)) }
        recorder.flush()
        for (name, suffixes) in [("left", ["", "-wal"]), ("indexed", ["", "-wal", "-shm"]), ("bare", [""])] {
            for suffix in suffixes { scratch.write(scratch.bytes("live" + suffix), to: name + suffix) }
        }
        // What isn't a URI's: spaces, percent signs, question marks.
        for suffix in ["", "-wal"] {
            scratch.write(scratch.bytes("left" + suffix), to: "a 100%?#&=\u{FC}\(suffix)")
        }
        let before = scratch.names
        let bytes = before.filter { !$0.hasPrefix("live") }.map(scratch.bytes)
        for name in ["left", "indexed", "bare", "a 100%?#&=\u{FC}"] {
            do {
                let reader = try RecordingReader.open(path: scratch.file(name))
                #expect(
                    reader.everything().entries.compactMap(\.batch) == (name == "bare" ? [] : batches),
                    "\(name)")
            }
            #expect(scratch.names == before, "\(name)")
        }
        #expect(before.filter { !$0.hasPrefix("live") }.map(scratch.bytes) == bytes)
        try await recorder.close()
    }

    @Test(arguments: [
        "\u{1B}[2J\u{1B}]0;owned\u{7}", "\u{9B}31m\u{202E}evil", String(repeating: "x\n", count: 100_000),
    ])
    func textIsMadeHarmless(_ text: String) async throws {
        let scratch = Scratch()
        var endpoint = Sample.endpoint
        endpoint.url = Shown(own: text)
        endpoint.label = text
        endpoint.dialect = text
        endpoint.capabilities = [text]
        endpoint.model = Shown(own: text)
        endpoint.server = Shown(own: text)
        var session = Sample.session
        session.host = text
        session.command = text
        session.version = text
        session.options = [text: text]
        let recorder = try Recorder.create(path: scratch.file("s"), session: session)
        recorder.take(.event(.sessionStarted(session)))
        recorder.take(.event(.endpointFound(endpoint, at: Sample.at(1))))
        recorder.take(.event(.endpointFailed(EndpointID(0), message: text, at: Sample.at(1))))
        recorder.take(.event(.marked(note: text, at: Sample.at(2))))
        let server = SourceID(7)
        recorder.take(
            .event(
                .sourceJoined(
                    SourceInfo(
                        id: server, name: Shown(own: text),
                        role: .server(WatchedServer(url: text, label: text))), at: Sample.at(2))))
        let line = RecordedLine(
            users: 1, isLowerBound: false, tokensPerSecond: 1, budget: text, model: Shown(own: text),
            server: Shown(own: text), url: text, measured: 0, runID: text, inputTokens: 1, outputTokens: 1,
            isOfSameURL: false)
        let trouble = PageTrouble(words: Shown(own: text), isAnswer: true)
        for news in [
            ServerNews.loadLine(line), .trouble(trouble), .named(model: Shown(own: text), server: nil),
        ] { recorder.take(.event(.serverSaid(server, news, at: Sample.at(2)))) }
        recorder.take(.event(.gpusSaid(server, .trouble(Shown(own: text)), at: Sample.at(2))))
        var random = SplitMix64(seed: 1)
        var request = Sample.request(1, EndpointID(0), end: Sample.at(50).nanoseconds, &random)
        request.failure = RequestFailure(kind: .other, message: Shown(own: text))
        recorder.take(.batch(SampleBatch(loop: 0, upTo: Sample.at(60), requests: [request])))
        try await recorder.close()
        let reader = try RecordingReader.open(path: scratch.file("s"))
        let (entries, errors) = reader.everything()
        #expect(errors.isEmpty)
        let shown = "\(entries) \(reader.session) \(try reader.endpoints) \(try reader.marks)"
        // Swift's description escapes nothing but what stands in quotes: look at the values' scalars.
        for scalar in shown.unicodeScalars {
            #expect(![.control, .format].contains(scalar.properties.generalCategory))
        }
        for escape in ["\\u{1B}", "\\u{9B}", "\\u{202E}", "\\n"] { #expect(!shown.contains(escape)) }
        #expect(shown.count < 200_000)
    }

    /// A watch's plan and what is said in it: figures that no session can have had.
    @Test func figuresOfAWatch() async throws {
        let scratch = Scratch()
        let recorder = try Sample.recorder(scratch.file("s"))
        let (server, at) = (SourceID(7), Sample.at(1))
        for amount in [Int.min, .max] {
            let answer = CanaryAnswer(ttft: Int64(amount), e2e: 0, promptTokens: amount, outputTokens: 0)
            recorder.take(.event(.serverSaid(server, .canary(answer), at: at)))
            let line = RecordedLine(
                users: amount, isLowerBound: false, tokensPerSecond: 1, budget: "", model: "", server: nil,
                url: "", measured: 0, runID: "", inputTokens: 1, outputTokens: 1, isOfSameURL: false)
            recorder.take(.event(.serverSaid(server, .loadLine(line), at: at)))
        }
        for rate in [-1, 1e15, .nan, .infinity] {
            let load = ForeignLoad(requestsPerSecond: 1, requestsOut: rate)
            recorder.take(.event(.serverSaid(server, .others(load), at: at)))
        }
        recorder.take(.event(.serverSaid(server, .others(ForeignLoad(requestsOut: 2)), at: at)))
        try await recorder.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(entries.count == 1 && errors.count == 8)
        for (name, interval) in [("zero", 0), ("less", -1), ("most", Int64.max)] {
            var session = Sample.session
            session.watch = WatchPlan(interval: interval)
            try await Recorder.create(path: scratch.file(name), session: session).close()
            #expect(throws: RecordingError.self) { try RecordingReader.open(path: scratch.file(name)) }
        }
    }

    /// Times at the ends of what can be written down, in every place that has one.
    @Test(arguments: [Int64.min, -1, 0, 1 << 59, 1 << 61, .max])
    func timesOutOfTheSession(_ nanoseconds: Int64) async throws {
        let scratch = Scratch()
        let moment = Moment(nanoseconds: nanoseconds)
        let recorder = try Sample.recorder(scratch.file("s"))
        recorder.take(.event(.endpointFound(Sample.endpoint, at: Sample.at(0))))
        recorder.take(.event(.windowOpened(EndpointID(0), level: 0, at: moment)))
        recorder.take(
            .batch(
                SampleBatch(
                    loop: 0, upTo: Sample.at(1),
                    arrivals: [
                        TokenArrival(at: moment, gap: -1, request: 1, endpoint: EndpointID(0), tokens: 1)
                    ])))
        recorder.take(.batch(SampleBatch(loop: 0, upTo: moment)))
        var level = Sample.level(0, from: 0, to: 1)
        level.windowEnd = moment
        recorder.take(.result(level))
        level = Sample.level(1, from: 0, to: 1)
        level.windowStart = moment
        recorder.take(.result(level))
        recorder.take(.event(.sessionEnded(at: moment)))
        try await recorder.close()
        let (entries, errors) = try RecordingReader.open(path: scratch.file("s")).everything()
        #expect(entries.count == 1 && errors.count == 6)
    }
}
