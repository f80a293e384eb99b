/// One token-bearing chunk, as it came off the socket. A plain 24 bytes: tens of thousands of these a
/// second go from the event loops to the collector.
package struct TokenArrival: Hashable, Sendable {
    /// When its bytes were read from the socket.
    package var at: Moment
    /// Since the same request's previous token-bearing chunk; -1 for its first.
    package var gap: Nanoseconds
    /// The request's number, unique in the session.
    package var request: UInt32
    package var endpoint: EndpointID
    /// The tokens in this chunk: 1 unless the server says (`usage-stream`).
    package var tokens: UInt16

    @inlinable package init(
        at: Moment, gap: Nanoseconds, request: UInt32, endpoint: EndpointID, tokens: UInt16
    ) {
        self.at = at
        self.gap = gap
        self.request = request
        self.endpoint = endpoint
        self.tokens = tokens
    }

    @inlinable package var isFirst: Bool { gap < 0 }
}
