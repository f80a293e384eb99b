package import Measure
package import Wire

/// How to talk to endpoints; the same for all of a session.
package struct ClientSettings: Sendable {
    /// The API to speak; nil: whichever is found.
    package var api: (any Dialect.Type)?
    /// Sent in the header that the API has for it.
    package var apiKey: Secret? {
        didSet { keepSecrets() }
    }
    /// More headers, as given; they replace those of the same name. Values may be secrets: they are sent and
    /// never shown.
    package var headers: [(name: String, value: Secret)] {
        didSet { keepSecrets() }
    }
    /// Accept any certificate.
    package var insecure: Bool
    /// Whose certificates are believed.
    package var roots: TrustedRoots
    package var connectTimeout: Nanoseconds
    /// From the request's first byte to the answer's last.
    package var requestTimeout: Nanoseconds
    /// How long discovery waits for a server that loads, or isn't there yet.
    package var wait: Nanoseconds
    package var userAgent: String
    /// Knows the session's secrets: for all that servers say. The key and the headers' values are added by
    /// themselves.
    package var scrubber: Scrubber

    /// Of the endpoint that is asked: there is something behind its `?` that may be a key.
    var urlHoldsKey = false

    package init(
        api: (any Dialect.Type)? = nil, apiKey: Secret? = nil, headers: [(name: String, value: Secret)] = [],
        insecure: Bool = false,
        roots: TrustedRoots = .system, connectTimeout: Nanoseconds = 10 * .second,
        requestTimeout: Nanoseconds = 60 * .second, wait: Nanoseconds = 0, userAgent: String = "plimsoll",
        scrubber: Scrubber = .withoutSecrets
    ) {
        self.api = api
        self.apiKey = apiKey
        self.headers = headers
        self.insecure = insecure
        self.roots = roots
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.wait = wait
        self.userAgent = userAgent
        self.scrubber = scrubber
        keepSecrets()
    }

    /// What was given to be let in with; nil when nothing was.
    var keyIsFrom: Shown? {
        if headers.contains(where: { HeaderRules.holdsKey($0.name) }) { return "the key given with --header" }
        if apiKey != nil { return "the key that --api-key-env names" }
        return urlHoldsKey ? "the key in the URL" : nil
    }

    /// What to do where nobody is let in.
    package var keyAdvice: Shown {
        guard let keyIsFrom else { return "name the variable that holds its API key with --api-key-env" }
        return "\(keyIsFrom) is refused"
    }

    private mutating func keepSecrets() {
        if let apiKey { scrubber.add(apiKey.reveal(), isKey: true) }
        for header in headers where !HeaderRules.isHarmless(header.name) {
            let isKey = HeaderRules.holdsKey(header.name)
            for secret in HeaderRules.secrets(in: header.value.reveal()) {
                scrubber.add(secret, isKey: isKey)
            }
        }
    }
}
