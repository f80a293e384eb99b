import Measure
import NIOCore

/// What a user says next: today a prompt of its own each time, and nothing of what was said before.
///
/// It knows no time and no connection: it makes one request after the other.
struct Speaker {
    private let form: RequestForm
    private let words: Int
    private var prompts: PromptSource
    /// 0 for the user's first request, then 1, 2…
    private(set) var turn: UInt32 = 0

    init(_ target: Target, user: UInt32) {
        form = target.form
        words = target.promptWords
        prompts = PromptSource(seed: target.seed &+ UInt64(user) &* 0x9E37_79B9)
    }

    /// One whole request, ready to be sent.
    ///
    /// - Parameter number: of the request; its id is made of it.
    mutating func next(number: UInt32, allocator: ByteBufferAllocator) -> ByteBuffer {
        turn += 1
        return form.request(number: number, words: words, prompts: &prompts, allocator: allocator)
    }
}
