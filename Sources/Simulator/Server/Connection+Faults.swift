import Measure
import NIOCore

/// What a faulty server does instead of answering.
extension Connection {
    /// Faults that need no token. False when `fault` is another.
    func strikeAtOnce(_ fault: SimulatorFault, _ request: HTTPRequest, number: Int) -> Bool {
        var status = 200
        switch fault {
        case .hang: isBusy = true
        case .endlessHead:
            isBusy = true
            write("HTTP/1.1 200 OK\r\n")
            pump("x-filler: " + String(repeating: "plimsoll ", count: 400) + "\r\n")
        case .html:
            reply(
                type: "text/html; charset=utf-8",
                body:
                    "<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body>It works!</body></html>\n"
            )
        case .unauthorized:
            status = 401
            replyError(status: 401, message: "Incorrect API key provided.", type: "AuthenticationError")
        case .notFound:
            status = 404
            replyError(status: 404, message: "The model does not exist.", type: "NotFoundError")
        case .rateLimit:
            status = 429
            replyError(
                status: 429, message: "Rate limit reached.", type: "RateLimitError",
                extra: [("retry-after", "1")])
        case .rateLimitDate:
            status = 429
            // A date says whole seconds only: rounded up, or it would be over at once.
            let wait = Int((loop.settings.faultTime ?? 2 * .second).inSeconds.rounded(.up))
            replyError(
                status: 429, message: "Rate limit reached.", type: "RateLimitError",
                extra: [("retry-after", HeadWriter.date(loop.head.unixTime + wait))])
        case .serverError:
            status = 500
            replyError(status: 500, message: "The engine has died.", type: "InternalServerError")
        case .unavailable:
            status = 503
            replyError(status: 503, message: "The server is overloaded.", type: "ServiceUnavailableError")
        default: return false
        }
        record(request, number: number, outcome: .faulted, status: status, fault: fault)
        return true
    }

    /// The style's breakage. True when the answer is over by it.
    func doBreak(_ breakage: StreamStyle.Breakage, _ answer: Answer) -> Bool {
        if breakage == .bigToken { return false }
        release(answer)
        switch breakage {
        case .bigToken: break
        // Closing tells the handler at once that the client is gone: the books first.
        case .reset:
            end(answer, as: .faulted)
            reset()
        case .close:
            end(answer, as: .faulted)
            close()
        // The answer stays, unfinished, until the client goes.
        case .stall: break
        case .garbage:
            end(answer, as: .faulted)
            sendGarbage(answer)
        case .endlessLine:
            send(answer) { $0.writeStaticString("data: {\"choices\":[{\"delta\":{\"content\":\"") }
            let filler = String(repeating: "x", count: 4_096)
            pump(answer.isChunked ? "1000\r\n\(filler)\r\n" : filler)
        case .cutJSON:
            send(answer) {
                $0.writeStaticString(
                    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"in")
                answer.text.writeEnd(into: &$0)
            }
            endBody(answer)
            conclude(answer)
        case .truncated:
            endBody(answer)
            conclude(answer)
        case .namedError:
            send(answer) {
                $0.writeStaticString("event: error")
                $0.writeStaticString(answer.text.lineEnd)
                $0.writeStaticString("data: The engine has died.")
                answer.text.writeEnd(into: &$0)
            }
            endBody(answer)
            conclude(answer)
        case .errorEvent:
            let error = Connection.errorObject(
                status: 500, message: "The engine has died.", type: "InternalServerError", parameter: nil)
            send(answer) {
                $0.writeString("data: \(error)")
                answer.text.writeEnd(into: &$0)
            }
            send(answer) { answer.text.writeDone(into: &$0) }
            endBody(answer)
            conclude(answer)
        }
        return true
    }

    private func sendGarbage(_ answer: Answer) {
        var random = SplitMix64(seed: loop.settings.seed &+ UInt64(answer.number))
        // Not one byte that could be part of a chunk's size, and line ends, so that it shows.
        var text = ByteBuffer()
        for index in 1...512 {
            text.writeInteger(UInt8(truncatingIfNeeded: random.next()) | 0x80)
            if index % 32 == 0 { text.writeStaticString("\r\n") }
        }
        write(text)
        close()
    }

    func sendComment(_ answer: Answer) {
        send(answer) {
            $0.writeStaticString(": keep-alive")
            answer.text.writeEnd(into: &$0)
            $0.writeStaticString("event: ping")
            $0.writeStaticString(answer.text.lineEnd)
            $0.writeStaticString("id: 7")
            $0.writeStaticString(answer.text.lineEnd)
            $0.writeStaticString("retry: 1000")
            answer.text.writeEnd(into: &$0)
        }
    }

    /// Writes `text` over and over until the client goes, no faster than it reads.
    private func pump(_ text: String) {
        guard let context else { return }
        if context.channel.isWritable { write(text) }
        later(2 * .millisecond) { $0.pump(text) }
    }

    /// The whole stream, a byte at a time.
    func drip(_ answer: Answer) {
        var body = ByteBuffer()
        if answer.text.kind == .chat { answer.text.writeRole(into: &body) }
        for index in 0..<min(answer.total, 10_000) {
            answer.text.writeToken(
                made: index + 1, delta: .content, finish: .no, into: &body
            ) { $0.writeStaticString(Vocabulary.word(index, answer.number)) }
        }
        answer.text.writeDone(into: &body)
        drip(body, answer)
    }

    private func drip(_ body: ByteBuffer, _ answer: Answer) {
        var body = body
        guard let byte = body.readSlice(length: 1) else {
            endBody(answer)
            conclude(answer)
            return
        }
        send(answer) { $0.writeImmutableBuffer(byte) }
        let rest = body
        later(loop.settings.dripInterval) { $0.drip(rest, answer) }
    }
}
