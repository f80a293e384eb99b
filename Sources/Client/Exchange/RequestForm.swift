import NIOCore
import Wire

/// How requests to one endpoint are written. Trials, calibration and load are made by the same form: what was
/// accepted in a trial is what the load sends, but for the prompt, the request's id and its lengths.
struct RequestForm: Sendable {
    /// Up to and with the name of the id's field, or the last line before it.
    private let headStart: [UInt8]
    private let template: RequestTemplate
    /// nil where the user's own headers name one.
    private let ids: RequestIDs?

    init(
        _ shape: RequestShape, dialect: any Dialect.Type, target: String, address: EndpointAddress,
        settings: ClientSettings, seed: UInt64
    ) {
        let hasOwnID = settings.headers.contains { $0.name.lowercased() == "x-request-id" }
        ids = hasOwnID ? nil : RequestIDs(seed: seed)
        let head = RequestHead.lines(
            method: "POST", target: target, address: address, settings: settings,
            accept: shape.streams ? dialect.framing.mediaType : "application/json", dialect: dialect)
        headStart = Array((head + (hasOwnID ? "" : "x-request-id: ")).utf8)
        template = dialect.init().template(for: shape)
    }

    /// The bytes of a body with a prompt of `words`, at the most: no word of a prompt is that long.
    func longestBody(words: Int) -> Int { template.prefix.count + template.suffix.count + 16 * words }

    /// One whole request, ready to be sent.
    func request(
        number: UInt32, words: Int, prompts: inout PromptSource, allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        var body = template.prefix
        body.reserveCapacity(body.count + words * 8 + template.suffix.count)
        prompts.append(words: words, to: &body)
        body.append(contentsOf: template.suffix)
        var buffer = allocator.buffer(capacity: headStart.count + 96 + body.count)
        buffer.writeBytes(headStart)
        if let ids {
            ids.write(number, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeString("content-length: \(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }
}
