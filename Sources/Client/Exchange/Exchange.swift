import Measure
import NIOCore
import NIOPosix
import Wire

/// A whole answer: for discovery, where nothing is timed.
struct WholeAnswer: Sendable {
    var head: ResponseHead
    var body: [UInt8]
}

/// One request on a connection of its own, the whole answer collected.
struct Exchange: Sendable {
    let connector: Connector
    let settings: ClientSettings
    /// Less than the settings have, where several attempts share the time.
    var connectTimeout: Nanoseconds
    var timeout: Nanoseconds

    init(_ connector: Connector, settings: ClientSettings) {
        self.connector = connector
        self.settings = settings
        connectTimeout = min(settings.connectTimeout, settings.requestTimeout)
        timeout = settings.requestTimeout
    }

    /// GETs a page of the server that `address` names.
    func get(
        _ target: String, of address: EndpointAddress, dialect: any Dialect.Type, accept: String
    ) async throws(RequestFailure) -> WholeAnswer {
        let head = RequestHead.lines(
            method: "GET", target: target, address: address, settings: settings, accept: accept,
            dialect: dialect)
        return try await send(ByteBuffer(string: head + "connection: close\r\n\r\n"))
    }

    /// - Parameter end: of a stream; without one the answer's end is that of its HTTP message.
    func send(_ request: ByteBuffer, until end: StreamEnd? = nil) async throws(RequestFailure) -> WholeAnswer
    {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: WholeAnswer.self)
        let (timeout, stated) = (timeout, settings.requestTimeout)
        let scrubber = settings.scrubber
        do {
            let channel = try await connector.open(on: loop, within: connectTimeout) {
                ExchangeHandler(
                    promise: promise, end: end, timeout: timeout, stated: stated, scrubber: scrubber)
            }.get()
            // A failed write closes the channel, and the handler then says why.
            channel.writeAndFlush(request, promise: nil)
        } catch {
            // The time for the whole answer may be over first: it closes the channel.
            let isLate = error as? ChannelError == .ioOnClosedChannel
            let failure = RequestFailure(
                isLate ? ChannelError.connectTimeout(.nanoseconds(connectTimeout)) : error, scrubber)
            promise.fail(failure)
            throw failure
        }
        do { return try await promise.futureResult.get() } catch { throw RequestFailure(error, scrubber) }
    }
}
