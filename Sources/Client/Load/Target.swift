import Measure
import NIOCore
import Wire

/// All that a user needs to send requests to one endpoint: made once, read by every event loop.
struct Target: Sendable {
    let id: EndpointID
    let connector: Connector
    let dialect: any Dialect
    let form: RequestForm
    let promptWords: Int
    let requestedTokens: Int
    let norm: AnswerNorm
    let settings: ClientSettings
    let seed: UInt64

    /// Reads one answer.
    var reader: AnswerReader { AnswerReader(dialect: dialect, norm: norm, scrubber: settings.scrubber) }

    /// One whole request, ready to be sent.
    func request(number: UInt32, prompt: inout PromptSource, allocator: ByteBufferAllocator) -> ByteBuffer {
        form.request(number: number, words: promptWords, prompts: &prompt, allocator: allocator)
    }
}
