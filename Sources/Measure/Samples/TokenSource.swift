/// Where a figure that depends on a number of tokens took that number from.
package enum TokenSource: String, Hashable, Sendable, Codable, CaseIterable {
    /// The server's own count, sent once at the end of the answer.
    case usage
    /// The server's own cumulative count on every chunk, so that each chunk's tokens are known.
    case usageStream = "usage-stream"
    /// One token a chunk, for want of anything better.
    case chunks
    /// The length that was asked for, where the server says that it reached it and counts nothing itself.
    case limit
    /// As many a chunk as in a trial that told both, for want of a count of this answer's own.
    case estimate

    /// The server counted. The others are this program's own: of chunks, by what it asked for, or by what a chunk
    /// held before, and tell the same tokens in different ways.
    package var isServers: Bool {
        switch self {
        case .usage, .usageStream: true
        case .chunks, .limit, .estimate: false
        }
    }

    /// Known only when the answer has ended: spread evenly over its chunks.
    package var isKnownAtEnd: Bool {
        switch self {
        case .usage, .limit, .estimate: true
        case .usageStream, .chunks: false
        }
    }
}
