import Measure
import Testing
import Wire

@testable import Client

@Suite("The end of an answer, and what comes behind it")
struct EndOfAnswerTests {
    private let body = Reading.httpChunk(
        Reading.delta("\"content\":\"a\"") + Reading.event("[DONE]"))

    private func rest(_ text: String) -> AnswerReader.Rest? {
        var reading = Reading()
        reading.take(text)
        if case .complete(let rest) = reading.status { return rest }
        return nil
    }

    @Test("[DONE] ends the answer; the rest of its message says what becomes of the connection")
    func rests() {
        let head = Reading.streamHead
        #expect(rest(head + body + "0\r\n\r\n") == .reusable)
        #expect(rest(head + body) == .unfinished)
        #expect(rest(head + body + "0\r\n") == .unfinished)
        #expect(rest(head + body + Reading.httpChunk("\n: more\n\n") + "0\r\n\r\n") == .reusable)
        #expect(
            rest(head + body + Reading.httpChunk("data: {\"choices\":[{\"in\n\n") + "0\r\n\r\n") == .reusable)
        #expect(rest(head + body + "0\r\n\r\nx") == .unasked(1))
        #expect(rest(head + body + "0\r\n\r\n" + head) == .unasked(head.utf8.count))
        let closing = "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
        #expect(rest(closing + body + "0\r\n\r\n") == .over)
        #expect(rest(closing + body) == .unfinished)
        let old = "HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
        #expect(rest(old + Reading.delta("\"content\":\"a\"") + Reading.event("[DONE]")) == .over)
    }

    @Test("without [DONE], an answer ends with its message; leftover bytes are seen there, too")
    func messageEnds() {
        let events = Reading.delta("\"content\":\"a\"")
        let head = "HTTP/1.1 200 OK\r\ncontent-length: \(events.utf8.count)\r\n\r\n"
        #expect(rest(head + events) == .reusable)
        #expect(rest(head + events + "HTTP/1.1 200 OK\r\n") == .unasked(17))
        #expect(rest(head + events.dropLast()) == nil)
    }

    @Test("[DONE], then the connection ends without the last HTTP chunk")
    func cutBehindDone() {
        for last in ["data: [DONE]\n\n", "data: [DONE]\n", "data: [DONE]"] {
            var reading = Reading()
            reading.take(Reading.streamHead + Reading.httpChunk(Reading.delta("\"content\":\"a\"") + last))
            if !reading.isComplete { reading.connectionEnds() }
            #expect(reading.isComplete)
        }
    }

    // MARK: Draining

    private func draining(_ start: String) -> Draining {
        var reading = Reading()
        reading.take(start)
        return reading.reader.draining
    }

    private func read(_ text: String, _ draining: inout Draining) -> Draining.Status {
        read(Array(text.utf8), &draining)
    }

    private func read(_ bytes: [UInt8], _ draining: inout Draining) -> Draining.Status {
        bytes.withUnsafeBytes { draining.read($0) }
    }

    @Test("the rest is read away, whatever it is, and wherever it is cut")
    func drained() {
        let start = Reading.streamHead + body
        let rest = Array((Reading.httpChunk("\n\ndata: more\n\n") + "0\r\nx: trailer\r\n\r\n").utf8)
        for cut in 1..<rest.count {
            var state = draining(start)
            #expect(read(Array(rest[..<cut]), &state) == .goesOn)
            #expect(read(Array(rest[cut...]), &state) == .reusable)
        }
        var more = draining(start)
        #expect(read("0\r\n\r\nHTTP/1.1", &more) == .spoiled(unasked: 8))
        var closing = draining(
            "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n" + body)
        #expect(read("0\r\n\r\n", &closing) == .spoiled(unasked: 0))
        var broken = draining(start)
        #expect(read("zz\r\n", &broken) == .spoiled(unasked: 0))
    }

    @Test("a rest without end is given up")
    func endless() {
        var state = draining(Reading.streamHead + body)
        var bytes = 0
        while read(Reading.httpChunk(": more\n\n"), &state) == .goesOn, bytes < 1 << 20 { bytes += 13 }
        #expect(bytes <= WireLimits.drainBytes)
    }
}
