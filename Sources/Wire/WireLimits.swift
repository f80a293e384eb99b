/// What a server may send at most. Each bound is far above what a sound server needs; behind it a request
/// fails with a clear error, and neither memory nor time is spent on the rest.
package enum WireLimits {
    /// An answer's head; also all of its trailers together.
    package static let head = 64 * 1024
    /// Heads of status 1xx before the answer's own.
    package static let interimHeads = 16
    /// A chunk's size line with its extensions.
    package static let chunkLine = 4 * 1024
    /// One event.
    package static let event = 1024 * 1024
    /// Bytes without a token among them, chunked encoding and all: comments, heartbeats, role deltas, empty
    /// chunks, pages.
    package static let withoutToken = 8 * 1024 * 1024
    /// The body of an answer that is no stream, as far as it is kept.
    package static let plainBody = 8 * 1024
    /// An answer that is kept as a whole: discovery's.
    package static let wholeAnswer = 4 * 1024 * 1024
    /// Where a redirect may lead, in bytes, and how many may follow each other: a loop of two servers that send
    /// a client to and fro has to end.
    package static let redirectTarget = 8 * 1024
    package static let redirects = 5
    /// Models that are listed.
    package static let models = 1000
    /// Nested values inside a delta that are looked at for text.
    package static let depth = 16
    /// A count of tokens. No model's context is that long, so that a larger one is nonsense.
    package static let tokens = 16 * 1024 * 1024
    /// Prompt tokens that a server may count beside those of the request's own bytes: templates, system
    /// prompts of its own.
    package static let addedPromptTokens = 64 * 1024
    /// How long, and for how many bytes, what follows an answer's own end is waited for before the
    /// connection is closed.
    package static let drainMilliseconds: Int64 = 1000
    package static let drainBytes = 64 * 1024
}
