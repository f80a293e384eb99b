import NIOCore
import Wire

/// The events of one streamed answer, byte for byte as vLLM sends them.
struct EventText {
    /// What a token's event carries beside the text.
    enum Finish {
        case no
        case now(StaticString)
    }

    static let done: StaticString = "data: [DONE]\n\n"
    /// `done` and the end of the body, as HTTP chunks.
    static let framedEnd: StaticString = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"

    let kind: CompletionRequest.Kind
    let promptTokens: Int
    let cachedTokens: Int
    let continuousUsage: Bool
    let lineEnd: StaticString
    /// What usage says of the completion's tokens instead of how many were made.
    let claimedTokens: Int?
    /// `data: {"id":…,"choices":[`
    private let head: [UInt8]

    init(
        kind: CompletionRequest.Kind, number: Int, created: Int, model: String, promptTokens: Int,
        cachedTokens: Int, continuousUsage: Bool, lineEnd: StaticString, claimedTokens: Int? = nil
    ) {
        self.kind = kind
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.continuousUsage = continuousUsage
        self.lineEnd = lineEnd
        self.claimedTokens = claimedTokens
        head = Array(
            "data: {\(Self.identity(kind, number, created, model, isChunk: true)),\"choices\":[".utf8)
    }

    /// `"id":…,"object":…,"created":…,"model":…`
    static func identity(
        _ kind: CompletionRequest.Kind, _ number: Int, _ created: Int, _ model: String, isChunk: Bool
    ) -> String {
        let digits = String(number, radix: 16)
        let id = String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
        let (prefix, object) =
            switch kind {
            case .chat: ("chatcmpl", isChunk ? "chat.completion.chunk" : "chat.completion")
            case .text: ("cmpl", "text_completion")
            }
        return
            "\"id\":\"\(prefix)-\(id)\",\"object\":\"\(object)\",\"created\":\(created),\"model\":\(JSONValue.quoted(model))"
    }

    func writeRole(into buffer: inout ByteBuffer) {
        buffer.writeBytes(head)
        buffer.writeStaticString(
            "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]"
        )
        writeUsage(made: 0, into: &buffer)
        buffer.writeStaticString(",\"prompt_token_ids\":null,\"prompt_text\":null}")
        writeEnd(into: &buffer)
    }

    /// One delta; `text` must need no escaping in JSON.
    func writeToken(
        made: Int, delta: StreamStyle.Delta, finish: Finish, into buffer: inout ByteBuffer,
        text: (inout ByteBuffer) -> Void
    ) {
        buffer.writeBytes(head)
        switch (kind, delta) {
        case (.text, _):
            buffer.writeStaticString("{\"index\":0,\"text\":\"")
            text(&buffer)
            buffer.writeStaticString("\"")
        case (.chat, .content):
            buffer.writeStaticString("{\"index\":0,\"delta\":{\"content\":\"")
            text(&buffer)
            buffer.writeStaticString("\"}")
        case (.chat, .reasoning(let key)):
            buffer.writeStaticString("{\"index\":0,\"delta\":{\"")
            buffer.writeStaticString(key)
            buffer.writeStaticString("\":\"")
            text(&buffer)
            buffer.writeStaticString("\"}")
        case (.chat, .toolCall):
            buffer.writeStaticString("{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,")
            if made == 1 {
                buffer.writeStaticString(
                    "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"look_up\",")
            } else {
                buffer.writeStaticString("\"function\":{")
            }
            buffer.writeStaticString("\"arguments\":\"")
            text(&buffer)
            buffer.writeStaticString("\"}}]}")
        }
        buffer.writeStaticString(",\"logprobs\":null,\"finish_reason\":")
        switch finish {
        case .no:
            buffer.writeStaticString("null")
            if kind == .text { buffer.writeStaticString(",\"stop_reason\":null,\"prompt_token_ids\":null") }
        case .now(let reason):
            buffer.writeStaticString("\"")
            buffer.writeStaticString(reason)
            buffer.writeStaticString("\",\"stop_reason\":null")
            if kind == .text { buffer.writeStaticString(",\"prompt_token_ids\":null") }
        }
        buffer.writeStaticString(",\"token_ids\":null}]")
        writeUsage(made: made, into: &buffer)
        buffer.writeStaticString("}")
        writeEnd(into: &buffer)
    }

    /// The event with usage and no choice.
    func writeLast(made: Int, into buffer: inout ByteBuffer) {
        buffer.writeBytes(head)
        buffer.writeStaticString("],\"usage\":")
        writeUsageObject(made: made, isLast: true, into: &buffer)
        buffer.writeStaticString(",\"system_fingerprint\":\"plimsoll-simulator\"}")
        writeEnd(into: &buffer)
    }

    func writeDone(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("data: [DONE]")
        writeEnd(into: &buffer)
    }

    func writeEnd(into buffer: inout ByteBuffer) {
        buffer.writeStaticString(lineEnd)
        buffer.writeStaticString(lineEnd)
    }

    private func writeUsage(made: Int, into buffer: inout ByteBuffer) {
        guard continuousUsage else { return }
        buffer.writeStaticString(",\"usage\":")
        writeUsageObject(made: made, isLast: false, into: &buffer)
    }

    func writeUsageObject(made: Int, isLast: Bool, into buffer: inout ByteBuffer) {
        let made = claimedTokens ?? made
        buffer.writeStaticString("{\"prompt_tokens\":")
        buffer.writeDecimal(promptTokens)
        buffer.writeStaticString(",\"total_tokens\":")
        buffer.writeDecimal(promptTokens + made)
        buffer.writeStaticString(",\"completion_tokens\":")
        buffer.writeDecimal(made)
        if cachedTokens > 0 {
            buffer.writeStaticString(",\"prompt_tokens_details\":{\"cached_tokens\":")
            buffer.writeDecimal(cachedTokens)
            buffer.writeStaticString("}")
        }
        if !isLast { buffer.writeStaticString(",\"completion_tokens_details\":null") }
        buffer.writeStaticString("}")
    }
}
