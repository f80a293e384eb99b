/// What can be wrong with a server's bytes.
public enum WireError: Error, Hashable, Sendable {
    /// Not HTTP/1.x, or a head that can't be parsed.
    case badHead(String)
    case badChunking
    /// A head, line or event longer than `limit` bytes.
    case tooLarge(what: String, limit: Int)

    public var message: String {
        switch self {
        case .badHead(let text): "not an HTTP/1.1 answer: \(text)"
        case .badChunking: "broken chunked encoding"
        case .tooLarge(let what, let limit): "\(what) longer than \(limit / 1024) KiB"
        }
    }
}
