import Measure
import NIOCore

extension Connection {
    /// A completion that was not asked for as a stream: all tokens at once, when the last one is made.
    func sendWhole(_ answer: Answer, meant: Moment) {
        var words = ""
        for index in 0..<answer.total { words += Vocabulary.word(index, answer.number).description }
        let identity = EventText.identity(
            answer.text.kind, answer.number, loop.head.unixTime, answer.model, isChunk: false)
        var usage = ByteBuffer()
        answer.text.writeUsageObject(made: answer.total, isLast: true, into: &usage)
        let text = JSONText.quoted(words)
        let content =
            switch answer.text.kind {
            case .text: "\"text\":\(text)"
            case .chat: "\"message\":{\"role\":\"assistant\",\"content\":\(text),\"refusal\":null}"
            }
        let usageMember = answer.style.sendsUsage ? ",\"usage\":\(String(buffer: usage))" : ""
        reply(
            body:
                "{\(identity),\"choices\":[{\"index\":0,\(content),\"logprobs\":null,\"finish_reason\":\"\(answer.finishReason)\",\"stop_reason\":null}]\(usageMember)}"
        )
        let now = SystemTime.now()
        countChunk(answer, meant: meant, sent: now, tokens: answer.total)
        conclude(answer)
    }
}
