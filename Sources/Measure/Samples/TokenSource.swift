/// Where a figure that depends on a number of tokens took that number from.
public enum TokenSource: String, Hashable, Sendable, Codable, CaseIterable {
    /// The server's own count, sent once at the end of the answer.
    case usage
    /// The server's own cumulative count on every chunk, so that each chunk's tokens are known.
    case usageStream = "usage-stream"
    /// One token a chunk, for want of anything better.
    case chunks
}
