/// The kinds of failure that are counted apart. The raw value is what recordings and exports say.
package enum FailureKind: String, Hashable, Sendable, Codable, CaseIterable {
    case nameNotFound = "name-not-found"
    case connectionRefused = "connection-refused"
    case connectTimeout = "connect-timeout"
    case unreachable
    case tls
    /// 401 or 403.
    case unauthorized
    /// 404 or 405.
    case notFound = "not-found"
    /// Any other 4xx.
    case rejected
    /// 429.
    case rateLimited = "rate-limited"
    /// 503.
    case unavailable
    /// Any other 5xx.
    case serverError = "server-error"
    /// The whole-request time-out passed.
    case timeout
    /// The server closed the connection before the answer was complete.
    case closedEarly = "closed-early"
    /// The connection was reset.
    case connectionReset = "connection-reset"
    /// 200, but not a stream of events.
    case notAStream = "not-a-stream"
    /// An event or a head that can't be parsed.
    case malformed
    /// A line, event or head longer than the limit.
    case tooLarge = "too-large"
    /// HTTP 200, then an error inside the stream.
    case inStream = "in-stream"
    /// A complete, well-formed answer without a single token.
    case noTokens = "no-tokens"
    /// We ended it ourselves (users taken away, end of the sweep). Not counted as an error.
    case cancelled
    case other
}

extension FailureKind {
    /// Nobody is there: the server went away, and is not overloaded.
    package var meansGone: Bool {
        switch self {
        case .nameNotFound, .connectionRefused, .connectTimeout, .unreachable: true
        default: false
        }
    }
}

/// One failed request: its kind, and what the server or the system said.
package struct RequestFailure: Hashable, Sendable, Codable, Error {
    package var kind: FailureKind
    /// The HTTP status, when there was an answer.
    package var status: Int?
    package var message: Shown
    /// From `Retry-After`, when the server sent one.
    package var retryAfter: Nanoseconds?

    package init(kind: FailureKind, status: Int? = nil, message: Shown, retryAfter: Nanoseconds? = nil) {
        self.kind = kind
        self.status = status
        self.message = message
        self.retryAfter = retryAfter
    }
}
