import Measure
import NIOCore
import NIOTLS

/// The one handler of a user's connection. It does two things: stamp what was read, and pass it on.
///
/// Confined to its event loop, like the caller whom it serves.
final class UserConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// nil once the caller has let go: whatever still comes is nobody's.
    private var caller: Caller?
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

    init(caller: Caller, usesTLS: Bool, scrubber: Scrubber) {
        self.caller = caller
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

    /// Reads away the rest of a message, and then tells the caller that the connection is free; or closes it.
    func drain(_ rest: Draining) {
        guard let context else { return }
        draining = rest
        drainEnd = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Draining.timeLimit)) {
            [self] in drained(.spoiled(unasked: 0), at: SystemTime.now())
        }
    }

    /// Closes the channel; the caller hears nothing more of it.
    func drop() {
        caller = nil
        stopDraining()
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        if !usesTLS { caller?.connected(self) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if usesTLS, case .handshakeCompleted? = event as? TLSUserEvent { caller?.connected(self) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = SystemTime.now()
        guard let caller else { return }
        Self.unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            if let status = draining?.read(bytes) {
                drained(status, at: now)
            } else {
                caller.received(bytes, on: self, at: now)
            }
        }
    }

    /// All that was ready has been read.
    func channelReadComplete(context: ChannelHandlerContext) { caller?.readComplete() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? RequestFailure(error, scrubber)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let caller = caller
        self.caller = nil
        stopDraining()
        caller?.disconnected(self, error: error, at: SystemTime.now())
    }

    private func drained(_ status: Draining.Status, at now: Moment) {
        switch status {
        case .goesOn:
            return
        case .reusable:
            stopDraining()
            idleSince = now
        case .spoiled(let unasked):
            caller?.spoiled(self, unasked: unasked)
        }
    }

    private func stopDraining() {
        draining = nil
        drainEnd?.cancel()
        drainEnd = nil
    }
}
