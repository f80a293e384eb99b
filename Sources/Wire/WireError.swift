/// What can be wrong with a server's bytes.
package enum WireError: Error, Hashable, Sendable {
    /// Not HTTP/1.x, or a head that can't be parsed.
    case badHead(String)
    /// A head that can be parsed and makes no sense.
    case senselessHead(String)
    case badChunking
    /// A head, line or event longer than `limit` bytes.
    case tooLarge(what: String, limit: Int)
    /// More of something than there may be.
    case tooMany(what: String, limit: Int)

    package var message: String {
        switch self {
        case .badHead(let text): "not an HTTP/1.1 answer: \(text)"
        case .senselessHead(let text): "a head that makes no sense: \(text)"
        case .badChunking: "broken chunked encoding"
        case .tooLarge(let what, let limit): "\(what) longer than \(limit / 1024) KiB"
        case .tooMany(let what, let limit): "more than \(limit) \(what)"
        }
    }
}
