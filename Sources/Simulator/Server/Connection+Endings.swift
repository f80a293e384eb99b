import Measure
import NIOCore

/// What follows an answer's last token, and how it gets past the style's hold.
extension Connection {
    /// All tokens are sent: ends the stream as its style has it.
    func endStream(_ answer: Answer) {
        switch answer.style.ending {
        case nil:
            let isPlain = answer.style.pieceLength == nil && answer.style.lineEnd.utf8CodeUnitCount == 1
            if isPlain, answer.includesUsage, answer.isChunked {
                sendFinish(answer)
                // The hot path: everything in one write.
                loop.frame.fill { answer.text.writeLast(made: answer.made, into: &$0) }
                loop.frame.append(framed: EventText.framedEnd)
                emit(answer)
                letGo(answer)
            } else {
                sendLast(answer)
                endBody(answer)
            }
            conclude(answer)
        case .tail(let time):
            release(answer)
            later(time, in: answer) {
                $0.sendLast(answer)
                $0.endBody(answer)
                $0.conclude(answer)
            }
        case .openAfterDone(let time):
            release(answer)
            sendLast(answer)
            later(time, in: answer) {
                $0.endBody(answer)
                $0.conclude(answer)
            }
        case .closeAtDone:
            sendLast(answer)
            letGo(answer)
            end(answer, as: .faulted)
            close()
        }
    }

    /// The finish reason, if it has an event of its own.
    private func sendFinish(_ answer: Answer) {
        guard answer.finishesApart else { return }
        send(answer) {
            answer.text.writeToken(
                made: answer.made, delta: .content, finish: .now(answer.finishReason), into: &$0
            ) { _ in }
        }
    }

    /// The events after the last token: usage where it was asked for, [DONE].
    private func sendLast(_ answer: Answer) {
        sendFinish(answer)
        send(answer) {
            if answer.includesUsage { answer.text.writeLast(made: answer.made, into: &$0) }
            answer.text.writeDone(into: &$0)
        }
    }

    /// The empty chunk that ends a body. Without chunks the connection's end does, which `conclude` brings.
    func endBody(_ answer: Answer) {
        guard answer.isChunked else {
            letGo(answer)
            return
        }
        loop.frame.bare { $0.writeStaticString(ChunkFrame.end) }
        emit(answer)
        letGo(answer)
    }

    // MARK: The hold

    /// Writes what the loop's frame holds, or has it wait.
    func emit(_ answer: Answer) {
        guard let hold = answer.style.hold else {
            writeFrame()
            return
        }
        answer.kept.writeImmutableBuffer(loop.frame.buffer)
        switch hold {
        case .all: break
        case .bytes(let count):
            while let block = answer.kept.readSlice(length: count) { write(block) }
            answer.kept.discardReadBytes()
        case .time(let time):
            guard !answer.isKeptTimed else { return }
            answer.isKeptTimed = true
            later(time, in: answer) { $0.letGo(answer) }
        }
    }

    /// Writes what waits.
    func letGo(_ answer: Answer) {
        guard answer.kept.readableBytes > 0 else { return }
        answer.isKeptTimed = false
        write(answer.kept)
        answer.kept = ByteBuffer()
    }

    /// Calls `work` after `delay`, if the answer is still being given.
    private func later(_ delay: Nanoseconds, in answer: Answer, _ work: @escaping (Connection) -> Void) {
        later(delay) { if $0.answer === answer { work($0) } }
    }
}
