import Measure
import Testing
import Wire

@testable import Client

/// Answers that other tools count as successes.
@Suite("Failures that look like successes")
struct FailedAnswerTests {
    static let text = Reading.delta("\"content\":\"a\"")
    static let finish = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")
    static let done = Reading.event("[DONE]")
    static let running = Reading.delta(
        "\"content\":\"a\"", more: ",\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}")
    static let marks = AnswerNorm(endMarks: [.finish, .usage, .done], requestedTokens: 16)

    struct Case: Sendable, CustomTestStringConvertible {
        var events: [String]
        var kind: FailureKind
        var words: String
        var norm = FailedAnswerTests.marks
        var testDescription: String { words }
    }

    static let cases: [Case] = [
        // Events that are called errors.
        Case(events: [text, "event: error\ndata: boom\n\n", done], kind: .inStream, words: "boom"),
        Case(
            events: [text, "event: error\ndata: {\"message\":\"boom\"}\n\n", finish, done], kind: .inStream,
            words: "stream: boom"),
        Case(
            events: [text, "event: error\n\n", finish, done], kind: .inStream, words: "an error without words"
        ),
        Case(
            events: [text, "event: error\n: died\n\n", finish, done], kind: .inStream, words: "without words"),
        Case(events: [text, "event: error\ndata: null\n\n", finish, done], kind: .inStream, words: "null"),
        Case(
            events: [text, "error: {\"code\":500,\"message\":\"slot lost\"}\n\n"], kind: .inStream,
            words: "slot lost"),
        // Events that only say so.
        Case(events: [text, Reading.event("{\"detail\":\"boom\"}"), done], kind: .inStream, words: "boom"),
        Case(
            events: [text, Reading.event("{\"code\":500,\"message\":\"boom\"}"), finish, done],
            kind: .inStream, words: "stream: boom"),
        Case(
            events: [text, Reading.event("{\"code\":1302,\"msg\":\"boom\"}"), done], kind: .inStream,
            words: "stream: boom"),
        Case(
            events: [
                text, Reading.event("{\"base_resp\":{\"status_code\":7,\"status_msg\":\"boom\"}}"), done,
            ], kind: .inStream, words: "stream: boom"),
        Case(
            events: [text, "data: Internal Server Error\n\n", done], kind: .inStream,
            words: "stream: Internal Server Error"),
        Case(
            events: [text, "data: [{\"error\":{\"message\":\"boom\"}}]\n\n", done], kind: .inStream,
            words: "stream: boom"),
        Case(events: [text, "{\"error\":{\"message\":\"boom\"}}\n\n", done], kind: .inStream, words: "boom"),
        Case(events: [text, finish, "{\"error\":\"boom\"}\n"], kind: .inStream, words: "boom"),
        // In the last event, without its empty line.
        Case(events: [text, finish, "event: error\ndata: late"], kind: .inStream, words: "late"),
        Case(
            events: [text, finish, "data: {\"error\":{\"message\":\"late\"}}"], kind: .inStream, words: "late"
        ),
        Case(events: [text, finish, "data: {\"error\":\"late\"}\n"], kind: .inStream, words: "late"),
        // By their reasons.
        Case(
            events: [
                text, Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"abort\"}]}"), done,
            ],
            kind: .inStream, words: "finish_reason abort"),
        Case(
            events: [
                text, Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}"), done,
            ],
            kind: .inStream, words: "finish_reason error"),
        Case(
            events: [text, Reading.event("{\"choices\":[{\"finish_reason\":{\"type\":\"abort\"}}]}"), done],
            kind: .inStream, words: "finish_reason abort"),
        Case(
            events: [Reading.delta("\"content\":\"a\"", more: ",\"error\":{\"code\":5}"), done],
            kind: .inStream,
            words: "\"code\":5"),
        // A proper end of the body, and none of the marks.
        Case(events: [text, text], kind: .closedEarly, words: "no finish reason, usage or [DONE]"),
        Case(events: [text, running], kind: .closedEarly, words: "broke off"),
        Case(
            events: [
                running,
                Reading.event(
                    "{\"choices\":[{\"delta\":{\"content\":\"\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}"
                ),
            ],
            kind: .closedEarly, words: "broke off"),
        Case(
            events: [text], kind: .closedEarly, words: "no [DONE], as",
            norm: AnswerNorm(endMarks: .done, requestedTokens: 16)),
        Case(
            events: [text, text], kind: .closedEarly, words: "no finish reason or [DONE], as",
            norm: AnswerNorm(endMarks: [.finish, .done])),
        // Cut or garbled JSON.
        Case(events: [text, "data: {\"choices\":[{\"in\n\n", done], kind: .malformed, words: "not JSON"),
        Case(events: [text, "data: dex\":0}]}\n\n", done], kind: .malformed, words: "not JSON"),
        // Nothing at all.
        Case(events: [], kind: .noTokens, words: "an empty answer"),
        Case(events: [": ping\n\n"], kind: .noTokens, words: "an empty answer"),
        Case(events: ["\n"], kind: .noTokens, words: "an empty answer"),
        Case(events: [finish, done], kind: .noTokens, words: "an empty answer"),
        Case(events: ["data: ping\n\n", "data:\n\n"], kind: .noTokens, words: "an empty answer"),
    ]

    @Test("failed, wherever the bytes are cut", arguments: cases)
    func failed(_ one: Case) {
        let bytes = Array(Reading.chunked(one.events).utf8)
        for cut in bytes.indices {
            var reading = Reading(norm: one.norm)
            reading.take(bytes[..<cut])
            if reading.failure == nil, !reading.isComplete { reading.take(bytes[cut...]) }
            #expect(reading.failure?.kind == one.kind)
            #expect(reading.failure?.message.text.contains(one.words) == true, "\(reading.status)")
        }
    }

    @Test("what the server said last is told, though the connection broke")
    func lastWords() {
        for (last, kind) in [
            ("data: {\"error\":{\"message\":\"late\"}}", FailureKind.inStream),
            ("event: error\ndata: late", .inStream),
            ("data: {\"choices\":[{\"del", .closedEarly), ("data: ", .closedEarly), ("", .closedEarly),
        ] {
            var reading = Reading(norm: Self.marks)
            reading.take(Reading.streamHead + Reading.httpChunk(Self.text + last))
            reading.connectionEnds()
            #expect(reading.failure?.kind == kind)
        }
    }

    @Test(
        "compressed answers are named",
        arguments: [
            ("content-encoding: gzip", [0x1F, 0x8B, 8, 0, 0, 1], "gzip"),
            ("x: y", [0x1F, 0x8B, 8, 0, 0, 1], "gzip"),
            ("content-encoding: br", [0x1B, 0x2C, 0, 0xF8, 0x8D], "br"),
            ("content-encoding: zstd", [0x28, 0xB5, 0x2F, 0xFD, 4], "zstd"),
            ("x: y", [0x28, 0xB5, 0x2F, 0xFD, 4], "zstd"),
            ("content-encoding: deflate", [0x4B, 0x4C, 4], "deflate"),
            ("x: y", [0x78, 0x9C, 0x4B, 4], "deflate"),
            ("content-encoding: x-snappy", [9, 9, 9], "x-snappy"),
        ] as [(String, [UInt8], String)])
    func compressed(header: String, body: [UInt8], name: String) {
        for type in ["text/event-stream", "application/json"] {
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: \(type)\r\n\(header)\r\ncontent-length: \(body.count)\r\n\r\n"
            let bytes = Array(head.utf8) + body
            for cut in bytes.indices {
                var reading = Reading()
                reading.take(bytes[..<cut])
                if reading.failure == nil { reading.take(bytes[cut...]) }
                #expect(reading.failure?.kind == .notAStream)
                #expect(reading.failure?.message.text.contains("compressed (\(name))") == true)
            }
        }
        let error = Array("HTTP/1.1 502 X\r\n\(header)\r\ncontent-length: \(body.count)\r\n\r\n".utf8) + body
        var reading = Reading()
        reading.take(error)
        #expect(reading.failure?.message.text.hasPrefix("HTTP 502: a compressed text (\(name))") == true)
    }

    @Test("a page is told by its title, with its status", arguments: [200, 502])
    func pages(status: Int) {
        let page =
            "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway &amp; more</title></head><body>x</body></html>"
        for type in ["text/html", "text/event-stream", "application/json"] {
            var reading = Reading()
            reading.take(
                "HTTP/1.1 \(status) X\r\ncontent-type: \(type)\r\ncontent-length: \(page.utf8.count)\r\n\r\n\(page)"
            )
            let message = reading.failure?.message.text ?? ""
            #expect(message.contains("502 Bad Gateway & more"))
            #expect(!message.contains("<"))
            #expect(reading.failure?.status == status)
        }
    }

    @Test("a document where a stream should be is told for what it is")
    func documents() {
        for (body, words) in [
            ("{\"choices\":[{\"message\":{\"content\":\"hi\"}}]}", "in one piece"),
            ("{\"error\":{\"message\":\"boom\"}}", "boom"), ("\u{FEFF}{\"detail\":\"boom\"}", "boom"),
            ("{\"a\":1}", "instead of a stream"), ("It works", "instead of a stream"),
            ("", "an empty answer"),
            (" \n", "an empty answer"),
        ] {
            for type in ["text/event-stream", "application/json", "text/plain"] {
                // Under its own type unknown words may be a stream's field.
                if type == "text/event-stream", body == "It works" { continue }
                var reading = Reading()
                reading.take(
                    "HTTP/1.1 200 OK\r\ncontent-type: \(type)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                #expect(reading.failure?.message.text.contains(words) == true, "\(reading.status)")
            }
        }
    }

    @Test(
        "a flood without a token is ended, and not kept",
        arguments: [
            "\n", "data:\n\n", ": ping\n\n", "event: ping\ndata: {}\n\n",
            Reading.delta("\"role\":\"assistant\""),
            Reading.delta("\"content\":\"\""), Reading.event("{\"choices\":[]}"), "id: 1\n", " ",
            "data: {\"usage\":{\"prompt_tokens\":1}}\n\n",
        ])
    func floods(filler: String) {
        let chunk = Reading.httpChunk(String(repeating: filler, count: 64 * 1024 / filler.utf8.count))
        // Before the body is known to be events, and behind a token.
        let start = filler.first?.isWhitespace == true ? "\u{FEFF}" : Self.text
        var reading = Reading()
        reading.take(Reading.streamHead + Reading.httpChunk(start))
        let bytes = Array(chunk.utf8)
        var count = 0
        while reading.failure == nil, count < 2 * WireLimits.withoutToken {
            reading.take(bytes)
            count += bytes.count
        }
        #expect(reading.failure?.kind == .tooLarge)
        #expect(count <= WireLimits.withoutToken + 2 * bytes.count)
    }

    @Test("tokens go on as long as they like")
    func noFlood() {
        let chunk = Reading.httpChunk(String(repeating: Self.text, count: 1000))
        var reading = Reading()
        reading.take(Reading.streamHead)
        for _ in 0..<200 { reading.take(chunk) }
        #expect(reading.failure == nil)
        #expect(reading.reader.chunks == 200_000)
    }
}
