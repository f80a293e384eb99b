import Measure
import NIOCore
import NIOPosix
import NIOSSL
import System
import Wire

extension RequestFailure {
    /// What a transport error means. (Wire's words quote what the server sent.)
    init(_ error: any Error, _ scrubber: Scrubber) {
        switch error {
        case let failure as RequestFailure:
            self = failure
        case let error as WireError:
            let kind: FailureKind = if case .tooLarge = error { .tooLarge } else { .malformed }
            self.init(kind: kind, message: scrubber.shown(error.message))
        case let error as IOError:
            self.init(SystemError(error.errnoCode))
        case ChannelError.connectTimeout:
            self.init(kind: .connectTimeout, message: "no connection within the time-out")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(kind: .tls, message: scrubber.shown("TLS: \(Self.describe(error))"))
        default:
            self.init(kind: .other, message: scrubber.shown("\(error)"))
        }
    }

    private init(_ error: SystemError) {
        if error.isOutOfDescriptors {
            self.init(
                kind: .other,
                message:
                    "no file descriptor is left of \(OpenFiles.raiseLimit()), and each user takes one: raise the limit with ulimit -n"
            )
            return
        }
        let kind: FailureKind =
            switch error {
            case .connectionRefused: .connectionRefused
            case .connectionReset, .brokenPipe: .connectionReset
            case .timedOut: .connectTimeout
            case _ where error.isUnreachable: .unreachable
            default: .other
            }
        self.init(kind: kind, message: Shown(own: error.description))
    }

    private static func describe(_ error: any Error) -> String {
        if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
            return "the certificate is for another host (use the name that it is for, "
                + "or --insecure to accept it all the same)"
        }
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the certificate can't be verified (name its authority's with --ca-cert, "
                + "or use --insecure to accept it all the same)"
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return "the server does not speak TLS on this port (try http://)"
        }
        if text.contains("PROTOCOL_VERSION") || text.contains("UNSUPPORTED_PROTOCOL") {
            return "the server speaks no TLS of version 1.2 or newer"
        }
        if text.contains("CERTIFICATE_REQUIRED") || text.contains("HANDSHAKE_FAILURE") {
            return "the server refuses the handshake (does it want a client's certificate?)"
        }
        if text.contains("uncleanShutdown") { return "the server closed the connection without saying so" }
        return text
    }
}

extension RequestFailure {
    /// What an answer other than a success means.
    init(status: Int, body: some Collection<UInt8>, retryAfter: String?, _ scrubber: Scrubber) {
        let headers = retryAfter.map { [(name: "retry-after", value: $0)] } ?? []
        self.init(refusal: ResponseHead(status: status, headers: headers), body: body, scrubber)
    }

    /// The same with the whole head, which says more.
    init(refusal head: ResponseHead, body: some Collection<UInt8>, _ scrubber: Scrubber) {
        let kind: FailureKind =
            switch head.status {
            case 401, 403: .unauthorized
            case 404, 405: .notFound
            case 429: .rateLimited
            case 503: .unavailable
            case 500...: .serverError
            case 400..<500: .rejected
            default: .other
            }
        let said: Shown =
            head.coding.map { "a compressed text (\(scrubber.shown($0, limit: 20)))" }
            ?? ServerWords.said(in: body, scrubber)
        self.init(
            kind: kind, status: head.status,
            message: said.text.isEmpty ? "HTTP \(head.status)" : "HTTP \(head.status): \(said)",
            retryAfter: RetryAfter.delay(
                in: head, now: Double(WallAnchor.now().unixNanoseconds) / Double(Nanoseconds.second)))
    }
}
