import Measure

extension Words {
    static func failure(_ kind: FailureKind) -> String {
        switch kind {
        case .nameNotFound: "no such host"
        case .connectionRefused: "connection refused"
        case .connectTimeout: "no answer to connecting"
        case .unreachable: "unreachable"
        case .tls: "TLS error"
        case .unauthorized: "not authorised"
        case .notFound: "not found"
        case .rejected: "request rejected"
        case .rateLimited: "rate limited"
        case .unavailable: "unavailable"
        case .serverError: "server error"
        case .timeout: "timed out"
        case .closedEarly: "closed before the end"
        case .connectionReset: "connection reset"
        case .notAStream: "not a stream"
        case .malformed: "malformed answer"
        case .tooLarge: "answer too large"
        case .inStream: "error in the stream"
        case .noTokens: "answer without tokens"
        case .cancelled: "cancelled"
        case .other: "failed"
        }
    }

    /// "rate limited (HTTP 429): slow down, retry in 12 s".
    static func failure(_ failure: RequestFailure) -> String {
        var text = Self.failure(failure.kind)
        // That a stream began well needn't be said of one that ended badly.
        if let status = failure.status, !(200..<300).contains(status) { text += " (HTTP \(status))" }
        var message = Substring(failure.message.text)
        if message.hasPrefix(text + ": ") { message.removeFirst(text.count + 2) }
        if !message.isEmpty, message != text { text += ": \(message)" }
        if let wait = failure.retryAfter, wait > 0 {
            text += ", retry in \(max(1, wait / .second)) s"
        }
        return text
    }
}
