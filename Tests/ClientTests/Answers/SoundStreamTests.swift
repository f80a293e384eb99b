import Measure
import Testing
import Wire

@testable import Client

/// Streams that other tools refuse, and that are sound.
@Suite("Sound streams")
struct SoundStreamTests {
    static let text = Reading.delta("\"content\":\"a\"")
    static let finish = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")
    static let done = Reading.event("[DONE]")
    static let marks = AnswerNorm(endMarks: [.finish, .usage, .done], requestedTokens: 2)

    static let events: [[String]] = [
        [text, text, finish, done],
        // Heartbeats.
        [text, "data:\n\n", text, finish, done], [text, "data\n\n", text, finish, done],
        [text, "data: \n\n", "data: ping\n\n", "data: null\n\n", text, finish, done],
        [": ping\n\n", text, ":\n\n", text, finish, done], [":\n", text, "\n\n\n", text, finish, done],
        ["event: ping\ndata: {}\n\n", text, "event: heartbeat\n\n", text, finish, done],
        ["data: [HEARTBEAT]\n\n", text, "data: keep-alive\n\n", text, finish, done],
        [text, "data: {\"type\":\"ping\"}\n\n", text, finish, done],
        [text, "retry: 1\n\nid: 4\n\n", text, done],
        // Errors that are none.
        [text, Reading.delta("\"content\":\"a\"", more: ",\"error\":\"\""), finish, done],
        [text, Reading.delta("\"content\":\"a\"", more: ",\"error\":{\"message\":null}"), finish, done],
        [text, Reading.event("{\"error\":null,\"choices\":[]}"), text, done],
        [text, Reading.delta("\"content\":\"a\"", more: ",\"error\":\"None\",\"code\":0"), finish, done],
        [
            Reading.delta("\"content\":\"a\"", more: ",\"base_resp\":{\"status_code\":0}"),
            Reading.delta("\"content\":\"error: failed\"", more: ",\"status\":\"error\""), finish, done,
        ],
        [text, "data: {\"code\":200,\"message\":\"ok\"}\n\n", "data: \"ping\"\n\n", text, finish, done],
        [text, "data: {\"status\":\"running\",\"code\":0}\n\n", "data: 0\n\n", text, finish, done],
        // A first read that is shorter than what tells a body's shape, and a whole token behind it.
        ["d", "ata: x\n\n" + text + text, done], ["i", "d: 7\n" + text, text, done],
        ["\u{FEFF}", ": hi\n\n" + text, text, done], [" ", "\n" + text + text, done],
        // A mark before the first event, and space.
        ["\u{FEFF}" + text, text, finish, done], ["\u{FEFF}\n\n" + text, text, finish, done],
        ["\r\n\r\n" + text, text, finish, done], [String(repeating: "\n", count: 300), text, text, done],
        // The last event lacks its empty line.
        [text, text, finish, "data: [DONE]"], [text, text, finish, "data: [DONE]\n"],
        [text, text, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"],
        // Some marks of an end, not all.
        [text, text, finish], [text, text, done],
        [
            text, text,
            Reading.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}"),
        ],
    ]

    @Test("measured, wherever the bytes are cut", arguments: events)
    func sound(events: [String]) {
        let bytes = Array(Reading.chunked(events).utf8)
        for cut in bytes.indices {
            var reading = Reading(norm: Self.marks)
            reading.take(bytes[..<cut])
            #expect(reading.failure == nil)
            if !reading.isComplete { reading.take(bytes[cut...]) }
            #expect(reading.isComplete, "\(reading.status)")
            #expect(reading.reader.chunks == 2)
            #expect(reading.arrivals.map(\.tokens) == [1, 1])
            #expect(reading.reader.outputTokens == 2)
        }
        var reading = Reading(norm: Self.marks)
        for byte in bytes where !reading.isComplete { reading.take([byte]) }
        #expect(reading.isComplete && reading.reader.chunks == 2)
    }

    @Test(
        "whatever its media type and its status of success",
        arguments: [
            "content-type: application/json; charset=utf-8", "content-type: text/plain", "x: y",
            "content-type: text/html", "content-type: application/x-ndjson",
            "content-type: TEXT/Event-Stream",
            "content-type: application/octet-stream", "content-type:", "content-encoding: identity",
            "content-encoding: gzip",
        ], [200, 201, 202, 203, 206])
    func underAnyName(header: String, status: Int) {
        let body = [Self.text, Self.text, Self.finish, Self.done].map(Reading.httpChunk).joined()
        let bytes = Array(
            "HTTP/1.1 \(status) X\r\n\(header)\r\ntransfer-encoding: chunked\r\n\r\n\(body)0\r\n\r\n".utf8)
        for cut in bytes.indices {
            var reading = Reading(norm: Self.marks)
            reading.take(bytes[..<cut])
            if !reading.isComplete { reading.take(bytes[cut...]) }
            #expect(reading.isComplete, "\(reading.status)")
            #expect(reading.reader.chunks == 2)
        }
    }

    @Test("a last token that lacks its empty line arrives like the others, however its body ends")
    func lastToken() {
        for head in ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"] {
            let last = "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}"
            var reading = Reading(norm: Self.marks)
            reading.take(head + Self.text, at: 10)
            reading.take(last, at: 20)
            reading.connectionEnds()
            #expect(reading.isComplete, "\(reading.status)")
            #expect(reading.arrivals.map(\.tokens) == [1, 1])
            #expect(reading.arrivals.map(\.request) == [1, 1])
            #expect(reading.reader.chunks == 2)
        }
    }

    @Test("without an end of its own, the marks that this endpoint never has are not missed")
    func noMarks() {
        #expect(Reading.of([Self.text, Self.text]).isComplete)
        #expect(Reading.of([Self.text, Self.text], norm: AnswerNorm(endMarks: [])).isComplete)
    }
}
