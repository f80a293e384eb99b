import Measure
import NIOCore
import NIOTLS

/// The one handler of a user's connection. It does two things: stamp what was read, and pass it on.
///
/// Confined to its event loop, like the user whom it serves.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// nil once the user has let go: whatever still comes is nobody's.
    private var user: User?
    private var context: ChannelHandlerContext?
    private let usesTLS: Bool
    private let scrubber: Scrubber
    private(set) var requestsSent = 0
    /// What the transport said, if anything.
    private(set) var error: RequestFailure?

    init(user: User, usesTLS: Bool, scrubber: Scrubber) {
        self.user = user
        self.usesTLS = usesTLS
        self.scrubber = scrubber
    }

    var isOpen: Bool { context?.channel.isActive ?? false }

    /// Hands the request to the socket; `sent` runs with the moment at which its last byte went.
    func send(_ request: ByteBuffer, sent: @escaping (Moment) -> Void) {
        guard let context else { return }
        requestsSent += 1
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenSuccess { sent(SystemTime.now()) }
        context.writeAndFlush(Self.wrapOutboundOut(request), promise: promise)
    }

    /// Closes the channel; the user hears nothing more of it.
    func drop() {
        user = nil
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        if !usesTLS { user?.connected(self) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if usesTLS, case .handshakeCompleted? = event as? TLSUserEvent { user?.connected(self) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = SystemTime.now()
        guard let user else { return }
        Self.unwrapInboundIn(data).withUnsafeReadableBytes { user.received($0, at: now) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? RequestFailure(error, scrubber)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let user = user
        self.user = nil
        user?.disconnected(self, error: error, at: SystemTime.now())
    }
}
