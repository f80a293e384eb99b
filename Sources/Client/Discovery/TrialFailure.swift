import Measure

/// A trial that came to nothing: what it counts as, and all that was said.
struct TrialFailure: Error {
    var failure: RequestFailure
    var text: RefusalText

    init(_ failure: RequestFailure, text: RefusalText? = nil) {
        self.failure = failure
        self.text = text ?? RefusalText(failure.message.text)
    }

    /// No other request to this server would fare better: nobody there, nobody who answers, or not with this key.
    var isFinal: Bool {
        switch failure.kind {
        case .nameNotFound, .connectionRefused, .connectTimeout, .unreachable, .tls, .unauthorized,
            .rateLimited, .unavailable, .timeout, .cancelled, .other:
            true
        case .notFound, .rejected, .serverError, .closedEarly, .connectionReset, .notAStream, .malformed,
            .tooLarge, .inStream, .noTokens:
            false
        }
    }

    /// It may be about this model alone: a key is good for some of them, a gateway's limits and the servers
    /// behind it are for each its own.
    var mayBeAboutModel: Bool {
        switch failure.kind {
        case .unauthorized: failure.status == 403
        case .rateLimited, .unavailable: !text.isAboutLoading
        default: false
        }
    }

    /// It may be about the request's fields, though it names none.
    var mayBeAboutFields: Bool {
        switch failure.kind {
        case .rejected, .serverError, .inStream: !isAboutLength
        default: false
        }
    }

    var isAboutLength: Bool { failure.status == 413 || text.isAboutLength }
}

extension RequestFailure {
    /// The same request may well succeed a moment later.
    var mayPass: Bool {
        switch kind {
        case .rateLimited, .unavailable, .serverError, .inStream, .closedEarly, .connectionReset, .malformed:
            true
        default: false
        }
    }

    /// By its status, or in its own words, whatever the status.
    var saysThatItLoads: Bool {
        status == 425 || status != nil && RefusalText(message.text).isAboutLoading
    }

    /// A server that starts or loads behaves like this.
    var mayComeUp: Bool {
        switch kind {
        case .nameNotFound, .connectionRefused, .connectTimeout, .unreachable, .unavailable, .closedEarly,
            .connectionReset:
            true
        case .serverError where status == 502 || status == 504: true
        case .serverError, .rejected, .notFound, .inStream: saysThatItLoads
        default: false
        }
    }
}
