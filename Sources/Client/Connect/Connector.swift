import Measure
import NIOCore
import NIOPosix
import NIOSSL

/// The one way to open a connection: to an address that is known, and through TLS where the endpoint wants it.
struct Connector: Sendable {
    let address: SocketAddress
    let tls: NIOSSLContext?
    /// For SNI and certificate checks; nil for a literal address.
    let serverName: String?

    /// - Parameters:
    ///   - limit: for the connection, and once more for the TLS handshake.
    ///   - handler: called on the loop, for the one that gets what the server sends.
    func open(
        on loop: any EventLoop, within limit: Nanoseconds,
        handler: @escaping @Sendable () -> any ChannelHandler
    ) -> EventLoopFuture<any Channel> {
        ClientBootstrap(group: loop)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8192))
            .connectTimeout(.nanoseconds(limit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: serverName))
                        try pipeline.addHandler(HandshakeDeadline(limit: limit))
                    }
                    try pipeline.addHandler(handler())
                }
            }
            .connect(to: address)
    }
}
