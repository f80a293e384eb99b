import Measure
import NIOCore
import NIOPosix
import NIOSSL
import Wire

/// A whole answer: for discovery, where nothing is timed.
struct Answer: Sendable {
    var head: ResponseHead
    var body: [UInt8]
}

/// One request on a connection of its own, the whole answer collected.
struct Exchange: Sendable {
    static let bodyLimit = 4 * 1024 * 1024

    let address: SocketAddress
    let tls: NIOSSLContext?
    let serverName: String?
    let settings: ClientSettings
    /// Less than the settings have, where several attempts share the time.
    var connectTimeout: Nanoseconds
    var timeout: Nanoseconds

    init(address: SocketAddress, tls: NIOSSLContext?, serverName: String?, settings: ClientSettings) {
        self.address = address
        self.tls = tls
        self.serverName = serverName
        self.settings = settings
        connectTimeout = min(settings.connectTimeout, settings.requestTimeout)
        timeout = settings.requestTimeout
    }

    /// GETs a page of the server that `address` names.
    func get(
        _ target: String, of address: EndpointAddress, dialect: any Dialect.Type, accept: String
    ) async throws(RequestFailure) -> Answer {
        let head = RequestHead.lines(
            method: "GET", target: target, address: address, settings: settings, accept: accept,
            dialect: dialect)
        return try await send(ByteBuffer(string: head + "connection: close\r\n\r\n"))
    }

    /// - Parameter end: of a stream; without one the answer's end is that of its HTTP message.
    func send(_ request: ByteBuffer, until end: StreamEnd? = nil) async throws(RequestFailure) -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Answer.self)
        let (tls, serverName, limit) = (tls, serverName, connectTimeout)
        let (timeout, stated) = (timeout, settings.requestTimeout)
        let scrubber = settings.scrubber
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.nanoseconds(limit))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let tls {
                            try pipeline.addHandler(
                                NIOSSLClientHandler(context: tls, serverHostname: serverName))
                            try pipeline.addHandler(HandshakeDeadline(limit: limit))
                        }
                        try pipeline.addHandler(
                            ExchangeHandler(
                                promise: promise, end: end, timeout: timeout, stated: stated,
                                scrubber: scrubber))
                    }
                }
                .connect(to: address).get()
            // A failed write closes the channel, and the handler then says why.
            channel.writeAndFlush(request, promise: nil)
        } catch {
            let failure = RequestFailure(error, scrubber)
            promise.fail(failure)
            throw failure
        }
        do { return try await promise.futureResult.get() } catch { throw RequestFailure(error, scrubber) }
    }
}
