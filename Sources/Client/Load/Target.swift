import Measure
import NIOCore
import NIOSSL
import Wire

/// All that a user needs to send requests to one endpoint: made once, read by every event loop.
struct Target: Sendable {
    let id: EndpointID
    let address: SocketAddress
    let tls: NIOSSLContext?
    let serverName: String?
    let dialect: any Dialect
    /// The request's head up to and with `x-request-id: …-`; the request's number follows.
    let headStart: [UInt8]
    let template: RequestTemplate
    let promptWords: Int
    let requestedTokens: Int
    let norm: AnswerNorm
    let settings: ClientSettings
    let seed: UInt64

    /// Reads one answer.
    var reader: AnswerReader { AnswerReader(dialect: dialect, norm: norm, scrubber: settings.scrubber) }

    /// One whole request, ready to be sent.
    func request(number: UInt32, prompt: inout PromptSource, allocator: ByteBufferAllocator) -> ByteBuffer {
        var body = template.prefix
        body.reserveCapacity(body.count + promptWords * 8 + template.suffix.count)
        prompt.append(words: promptWords, to: &body)
        body.append(contentsOf: template.suffix)
        var buffer = allocator.buffer(capacity: headStart.count + 64 + body.count)
        buffer.writeBytes(headStart)
        buffer.writeString("\(number)\r\ncontent-length: \(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }
}
