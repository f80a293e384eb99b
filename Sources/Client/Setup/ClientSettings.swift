import Measure

/// How to talk to endpoints; the same for all of a session.
public struct ClientSettings: Sendable {
    /// Sent as `Authorization: Bearer …`.
    public var apiKey: Secret?
    /// More headers, as given. Values may be secrets: they are sent and never shown.
    public var headers: [(name: String, value: Secret)]
    /// Accept any certificate.
    public var insecure: Bool
    public var connectTimeout: Nanoseconds
    /// From the request's first byte to the answer's last.
    public var requestTimeout: Nanoseconds
    public var userAgent: String
    /// Knows the session's secrets: for all that servers say.
    public var scrubber: Scrubber

    public init(
        apiKey: Secret? = nil, headers: [(name: String, value: Secret)] = [], insecure: Bool = false,
        connectTimeout: Nanoseconds = 10 * .second, requestTimeout: Nanoseconds = 60 * .second,
        userAgent: String = "plimsoll", scrubber: Scrubber = .withoutSecrets
    ) {
        self.apiKey = apiKey
        self.headers = headers
        self.insecure = insecure
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.userAgent = userAgent
        self.scrubber = scrubber
    }
}
