import Measure
import NIOCore

/// The hot path: one token, one chunk, one write.
extension Connection {
    /// The answer's token `index` is made.
    /// - Parameter admitted: when work on the request began; nil: at once.
    func token(_ index: Int, meant: Moment, admitted: Moment?, isLast: Bool) {
        guard let answer, answer.isRunning else { return }
        if index == 0 { answer.admitted = admitted ?? answer.truth.received }
        answer.made = index + 1
        answer.held += 1
        guard answer.streams else {
            if index == 0 { noteFirst(answer, at: meant) }
            if isLast { sendWhole(answer, meant: meant) }
            return
        }
        if index == 0, loop.settings.roleChunk == .withFirstToken { sendRole(answer) }
        let style = answer.style
        if let breakage = style.breakage, index == answer.middle, doBreak(breakage, answer) { return }
        guard isLast || answer.held >= style.tokensPerChunk else { return }
        if style.sendsComments, index & 3 == 0 { sendComment(answer) }
        sendToken(answer, index, isLast: isLast)
        let now = SystemTime.now()
        loop.lastWrite = now
        countChunk(answer, meant: meant, sent: now, tokens: answer.held)
        answer.held = 0
        if isLast { endStream(answer) }
    }

    func countChunk(_ answer: Answer, meant: Moment, sent: Moment, tokens: Int) {
        let before = answer.truth.lastSent
        if answer.firstMade == nil { noteFirst(answer, at: sent) }
        answer.noteChunk(meant: meant, sent: sent, tokens: tokens)
        loop.ledger.countChunk(tokens: tokens, lag: sent - meant)
        loop.metrics.engines[Int(answer.key.engine)].countChunk(
            tokens: tokens, gap: before.map { sent - $0 })
    }

    private func noteFirst(_ answer: Answer, at moment: Moment) {
        answer.firstMade = moment
        loop.metrics.engines[Int(answer.key.engine)].begin(answer, first: moment)
    }

    private func sendToken(_ answer: Answer, _ index: Int, isLast: Bool) {
        // As vLLM does: "length" comes with the last token, "stop" in an event of its own.
        let ends = isLast && !answer.finishesApart
        let (number, held, made) = (answer.number, answer.held, answer.made)
        let isBig = answer.style.breakage == .bigToken && index == answer.middle
        send(answer) { buffer in
            answer.text.writeToken(
                made: made, delta: answer.delta(index), finish: ends ? .now(answer.finishReason) : .no,
                into: &buffer
            ) { buffer in
                for place in (index - held + 1)...index {
                    buffer.writeStaticString(Vocabulary.word(place, number))
                }
                if isBig { buffer.writeRepeatingByte(UInt8(ascii: "x"), count: 3_000) }
            }
        }
    }

    func sendRole(_ answer: Answer) {
        guard answer.text.kind == .chat, answer.style.sendsRole else { return }
        send(answer) { answer.text.writeRole(into: &$0) }
    }

    /// Writes one event.
    func send(_ answer: Answer, _ event: (inout ByteBuffer) -> Void) {
        if !answer.isChunked {
            loop.frame.bare(event)
        } else if let length = answer.style.pieceLength {
            loop.frame.cut(intoPiecesOf: length, event)
        } else {
            loop.frame.fill(event)
        }
        emit(answer)
    }

    /// The answer is complete; the connection is free for the next request.
    func conclude(_ answer: Answer) {
        end(answer, as: answer.truth.fault == nil ? .finished : .faulted)
        if answer.closesAfter {
            close()
        } else {
            readRequests()
        }
    }

    /// Takes the answer off the books.
    func end(_ answer: Answer, as outcome: RequestTruth.Outcome) {
        guard self.answer === answer else { return }
        release(answer)
        answer.truth.outcome = answer.truth.fault != nil && outcome == .aborted ? .faulted : outcome
        answer.truth.ended = SystemTime.now()
        loop.ledger.close(answer.truth)
        loop.metrics.engines[Int(answer.key.engine)].end(answer, answer.endReason(outcome))
        self.answer = nil
    }

    /// Wants no more tokens.
    func release(_ answer: Answer) {
        guard answer.isRunning else { return }
        answer.isRunning = false
        loop.counters.land()
        if answer.made < answer.total { loop.cancel(answer.key) }
    }
}
