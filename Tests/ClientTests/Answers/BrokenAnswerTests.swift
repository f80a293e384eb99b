import Measure
import Testing
import Wire

@testable import Client

@Suite("Broken answers")
struct BrokenAnswerTests {
    private let text = Reading.delta("\"content\":\"a\"")
    private let finish = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")

    @Test(
        "statuses by kind",
        arguments: [
            (400, FailureKind.rejected), (401, .unauthorized), (403, .unauthorized), (404, .notFound),
            (405, .notFound), (422, .rejected), (429, .rateLimited), (500, .serverError),
            (502, .serverError), (503, .unavailable), (302, .other),
        ])
    func statuses(status: Int, kind: FailureKind) {
        var reading = Reading()
        reading.take(
            "HTTP/1.1 \(status) X\r\nretry-after: 7\r\ncontent-length: 15\r\n\r\n{\"detail\":\"no\"}")
        #expect(reading.failure?.kind == kind)
        #expect(reading.failure?.status == status)
        #expect(reading.failure?.message == "HTTP \(status): no")
        #expect(reading.failure?.retryAfter == 7 * .second)
    }

    @Test(
        "Retry-After: seconds and dates are taken, anything else is not, and none is endless",
        arguments: [
            ("1", Nanoseconds.second), ("0.5", .second / 2), ("-3", 0), ("99999999", 3600 * .second),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("", nil), ("nan", 0), ("inf", 3600 * .second),
        ])
    func retryAfter(text: String, expected: Nanoseconds?) {
        let failure = RequestFailure(status: 429, body: [], retryAfter: text, .withoutSecrets)
        #expect(failure.retryAfter == expected)
        #expect(failure.message == "HTTP 429")
    }

    @Test("a page instead of a stream")
    func html() {
        var reading = Reading()
        reading.take("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\r\n<html>\u{7}It works")
        reading.connectionEnds()
        #expect(reading.failure?.kind == .notAStream)
        #expect(reading.failure?.message.text.contains("text/html") == true)
    }

    @Test("JSON cut in half, then a proper end")
    func cutJSON() {
        let reading = Reading.of([text, "data: {\"choices\":[{\"in\n\n", Reading.event("[DONE]")])
        #expect(reading.failure?.kind == .malformed)
    }

    @Test("JSON of a shape that nobody knows is passed over")
    func unknownShapes() {
        let reading = Reading.of([
            text, Reading.event("[1,2]"), Reading.event("{\"choices\":{\"a\":1}}"), Reading.event("\"x\""),
            text, finish,
        ])
        #expect(reading.isComplete)
        #expect(reading.reader.chunks == 2)
    }

    @Test("a complete answer without a token is a failure of its own kind")
    func noTokens() {
        #expect(Reading.of([finish, Reading.event("[DONE]")]).failure?.kind == .noTokens)
        #expect(Reading.of([Reading.event("[DONE]")]).failure?.kind == .noTokens)
        #expect(Reading.of([]).failure?.kind == .noTokens)
    }

    @Test("an answer that ends with the connection is whole only if it said that it was over")
    func endsWithConnection() {
        let head = "HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
        for (events, isWhole) in [
            ([text, finish], true), ([text, "data: [DONE]\n\n"], true), ([text], false),
        ] {
            var reading = Reading()
            reading.take(head + events.joined())
            reading.connectionEnds()
            #expect(reading.isComplete == isWhole)
            #expect(reading.failure?.kind == (isWhole ? nil : .closedEarly))
        }
    }

    @Test("whether the connection may be used again is as the server says")
    func reuse() {
        func reusable(_ header: String) -> Bool? {
            var reading = Reading()
            let body = text + finish
            reading.take(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\(header)content-length: "
                    + "\(body.utf8.count)\r\n\r\n\(body)")
            if case .complete(let rest) = reading.status { return rest == .reusable }
            return nil
        }
        #expect(reusable("") == true)
        #expect(reusable("connection: keep-alive\r\n") == true)
        #expect(reusable("Connection: Close\r\n") == false)
    }

    @Test("a head, a line or a chunk length without end is refused, and not kept")
    func endless() {
        let kilobyte = String(repeating: "x", count: 1024)
        for (start, filler) in [
            ("HTTP/1.1 200 OK\r\n", "x-filler: \(kilobyte)\r\n"),
            (Reading.streamHead, Reading.httpChunk(kilobyte)),
            (Reading.streamHead + Reading.httpChunk("data: {\"a\":\""), Reading.httpChunk(kilobyte)),
            (Reading.streamHead, String(repeating: "0", count: 1024)),
        ] {
            var reading = Reading()
            reading.take(start)
            var kilobytes = 0
            while reading.failure == nil, kilobytes < 5000 {
                reading.take(filler)
                kilobytes += 1
            }
            #expect(kilobytes <= 1025)
            #expect(reading.failure.map { [.tooLarge, .malformed].contains($0.kind) } == true)
        }
    }

    @Test("nothing that a server says reaches a message with control characters or without end")
    func harmlessMessages() {
        let nasty = "\u{1B}[2J\u{7}\r\n" + String(repeating: "long ", count: 400)
        let bodies = [nasty, "{\"error\":\"\(String(repeating: "y", count: 900))\\u001b[0m\"}"]
        for body in bodies {
            let failure = RequestFailure(
                status: 500, body: Array(body.utf8), retryAfter: nil, .withoutSecrets)
            #expect(failure.message.text.count <= 220)
            #expect(failure.message.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        }
    }
}
