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
    /// The rest of a message whose answer is over, and until when it is waited for.
    private var draining: Draining?
    private var drainEnd: Scheduled<Void>?
    private(set) var requestsSent = 0
    /// Since when it has had nothing to do.
    var idleSince: Moment?
    /// What the transport said, if anything.
    private(set) var error: RequestFailure?

    init(user: User, usesTLS: Bool, scrubber: Scrubber) {
        self.user = user
        self.usesTLS = usesTLS
        self.scrubber = scrubber
    }

    var isOpen: Bool { context?.channel.isActive ?? false }
    var isDraining: Bool { draining != nil }

    /// Hands the request to the socket; `sent` runs with the moment at which its last byte went.
    func send(_ request: ByteBuffer, sent: @escaping (Moment) -> Void) {
        guard let context else { return }
        requestsSent += 1
        idleSince = nil
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenSuccess { sent(SystemTime.now()) }
        context.writeAndFlush(Self.wrapOutboundOut(request), promise: promise)
    }

    /// Reads away the rest of a message, and then tells the user that the connection is free; or closes it.
    func drain(_ rest: Draining) {
        guard let context else { return }
        draining = rest
        drainEnd = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Draining.timeLimit)) {
            [self] in drained(.spoiled(unasked: 0), at: SystemTime.now())
        }
    }

    /// Closes the channel; the user hears nothing more of it.
    func drop() {
        user = nil
        stopDraining()
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
        Self.unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            if let status = draining?.read(bytes) {
                drained(status, at: now)
            } else {
                user.received(bytes, on: self, at: now)
            }
        }
    }

    /// All that was ready has been read.
    func channelReadComplete(context: ChannelHandlerContext) { user?.readComplete() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? RequestFailure(error, scrubber)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let user = user
        self.user = nil
        stopDraining()
        user?.disconnected(self, error: error, at: SystemTime.now())
    }

    private func drained(_ status: Draining.Status, at now: Moment) {
        switch status {
        case .goesOn:
            return
        case .reusable:
            stopDraining()
            idleSince = now
        case .spoiled(let unasked):
            user?.spoiled(self, unasked: unasked)
        }
    }

    private func stopDraining() {
        draining = nil
        drainEnd?.cancel()
        drainEnd = nil
    }
}
