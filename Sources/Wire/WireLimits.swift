/// What a server may send at most. Each bound is far above what a sound server needs; behind it a request
/// fails with a clear error, and neither memory nor time is spent on the rest.
public enum WireLimits {
    /// An answer's head; also all of its trailers together.
    public static let head = 64 * 1024
    /// Heads of status 1xx before the answer's own.
    public static let interimHeads = 16
    /// A chunk's size line with its extensions.
    public static let chunkLine = 4 * 1024
    /// One event.
    public static let event = 1024 * 1024
    /// Bytes without a token among them, chunked encoding and all: comments, heartbeats, role deltas, empty
    /// chunks, pages.
    public static let withoutToken = 8 * 1024 * 1024
    /// The body of an answer that is no stream, as far as it is kept.
    public static let plainBody = 8 * 1024
    /// Nested values inside a delta that are looked at for text.
    public static let depth = 16
    /// A count of tokens. No model's context is that long, so that a larger one is nonsense.
    public static let tokens = 16 * 1024 * 1024
    /// Prompt tokens that a server may count beside those of the request's own bytes: templates, system
    /// prompts of its own.
    public static let addedPromptTokens = 64 * 1024
    /// How long, and for how many bytes, what follows an answer's own end is waited for before the
    /// connection is closed.
    public static let drainMilliseconds: Int64 = 1000
    public static let drainBytes = 64 * 1024
}
