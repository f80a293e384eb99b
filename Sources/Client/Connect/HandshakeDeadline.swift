import Measure
import NIOCore
import NIOTLS

/// Fails a connection whose TLS handshake does not come to an end: a server that does not speak TLS on
/// this port may well wait for ever for the rest of what it takes for a request.
final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let limit: Nanoseconds
    private var timer: Scheduled<Void>?

    init(limit: Nanoseconds) { self.limit = limit }

    func channelActive(context: ChannelHandlerContext) {
        let seconds = limit.inSeconds
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(limit)) {
            context.fireErrorCaught(
                RequestFailure(
                    kind: .tls,
                    message:
                        "no TLS handshake within \(own: "\(seconds)") s; does this port speak TLS (or is it http://)?"
                ))
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            timer?.cancel()
            context.fireUserInboundEventTriggered(event)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}
