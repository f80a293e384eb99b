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

    /// GETs a page of the server that `address` names.
    func get(
        _ target: String, of address: EndpointAddress, accept: String
    ) async throws(RequestFailure) -> Answer {
        let head = RequestHead.lines(
            method: "GET", target: target, address: address, settings: settings, accept: accept)
        return try await send(Array((head + "connection: close\r\n\r\n").utf8))
    }

    func send(_ request: [UInt8]) async throws(RequestFailure) -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Answer.self)
        let (tls, serverName) = (tls, serverName)
        let (timeout, limit) = (settings.requestTimeout, settings.connectTimeout)
        let bytes = ByteBuffer(bytes: request)
        let scrubber = settings.scrubber
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.nanoseconds(settings.connectTimeout))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let tls {
                            try pipeline.addHandler(
                                NIOSSLClientHandler(context: tls, serverHostname: serverName))
                            try pipeline.addHandler(HandshakeDeadline(limit: limit))
                        }
                        try pipeline.addHandler(
                            ExchangeHandler(promise: promise, timeout: timeout, scrubber: scrubber))
                    }
                }
                .connect(to: address).get()
            // A failed write closes the channel, and the handler then says why.
            channel.writeAndFlush(bytes, promise: nil)
        } catch {
            let failure = RequestFailure(error, scrubber)
            promise.fail(failure)
            throw failure
        }
        do { return try await promise.futureResult.get() } catch { throw RequestFailure(error, scrubber) }
    }
}

private final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var promise: EventLoopPromise<Answer>?
    private let timeout: Nanoseconds
    private let scrubber: Scrubber
    private var decoder = ResponseDecoder()
    private var head: ResponseHead?
    private var body: [UInt8] = []
    private var timer: Scheduled<Void>?

    init(promise: EventLoopPromise<Answer>, timeout: Nanoseconds, scrubber: Scrubber) {
        self.promise = promise
        self.timeout = timeout
        self.scrubber = scrubber
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let seconds = timeout.inSeconds
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .nanoseconds(timeout)) {
            bound.value.fail(
                RequestFailure(kind: .timeout, message: "no complete answer within \(own: "\(seconds)") s"))
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(WireError) {
            let isOver = try take(Self.unwrapInboundIn(data))
            if isOver { context.close(promise: nil) }
        } catch {
            fail(RequestFailure(error, scrubber))
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(RequestFailure(error, scrubber))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if decoder.endsWithConnection, let head {
            succeed(Answer(head: head, body: body))
        } else {
            fail(
                RequestFailure(
                    kind: .closedEarly,
                    message: head == nil
                        ? "the server closed the connection without an answer"
                        : "the server closed the connection in mid-answer"))
        }
    }

    /// True when the answer is complete.
    private func take(_ buffer: ByteBuffer) throws(WireError) -> Bool {
        let bytes = Array(buffer.readableBytesView)
        var offset = 0
        while true {
            let output: ResponseDecoder.Output
            do { output = try bytes.withUnsafeBytes { try decoder.next($0, from: &offset) } } catch let error
                as WireError
            {
                throw error
            } catch {
                return false
            }
            switch output {
            case .needsMore:
                return false
            case .head(let head):
                self.head = head
            case .body(let range):
                guard body.count + range.count <= Exchange.bodyLimit else {
                    throw .tooLarge(what: "an answer", limit: Exchange.bodyLimit)
                }
                body.append(contentsOf: bytes[range])
            case .end:
                if let head { succeed(Answer(head: head, body: body)) }
                return true
            }
        }
    }

    private func succeed(_ answer: Answer) {
        timer?.cancel()
        promise?.succeed(answer)
        promise = nil
    }

    private func fail(_ failure: RequestFailure) {
        timer?.cancel()
        promise?.fail(failure)
        promise = nil
    }
}
