import Glibc
import Measure
import NIOCore

/// One client's connection: reads requests, answers them one after another.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let loop: ServerLoop
    private(set) var context: ChannelHandlerContext?
    private(set) var place: Int32 = -1
    private var parser = RequestParser()
    /// When the newest bytes were read.
    private var lastRead = Moment.zero
    /// The completion that is being answered.
    var answer: Answer?
    /// Something else is being answered, or nothing ever will be again.
    var isBusy = false
    private var isReading = false
    /// The channel's file descriptor, from when it became active until it is closed: by us, which sets this
    /// to -1, or by the channel, which says so at once in `channelInactive`. So it never is another's.
    private var socket: NIOBSDSocket.Handle = -1
    /// Writes that went through the channel and are not done, and their bytes.
    private var queuedWrites = 0
    private var queuedBytes = 0
    /// Of the request that is being answered: what its answer must keep to, and whether that has begun.
    private(set) var isOld = false
    private(set) var wantsClose = false
    private var hasBegun = false
    /// Nothing more that the client sends is looked at.
    private var isRefused = false
    let server: NIOLoopBound<ServerRoom>

    init(loop: ServerLoop, server: NIOLoopBound<ServerRoom>) {
        self.loop = loop
        self.server = server
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        place = loop.add(self)
        if context.channel.isActive { takeSocket(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        takeSocket(context)
    }

    private func takeSocket(_ context: ChannelHandlerContext) {
        let handle = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { $0 }
        if let handle { socket = handle }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close()
    }

    private func leave() {
        socket = -1
        guard place >= 0 else { return }
        if let answer { end(answer, as: .aborted) }
        loop.remove(place)
        place = -1
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        lastRead = SystemTime.now()
        parser.append(unwrapInboundIn(data))
        readRequests()
        if parser.unread > RequestParser.longestUnread { refuseUnread() }
    }

    /// A client that reads again may be answered again.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readRequests()
        context.fireChannelWritabilityChanged()
    }

    /// Answers what has been read, as far as one answer at a time goes, and no faster than the answers are
    /// taken.
    func readRequests() {
        // An answer that is complete at once comes back here.
        guard !isReading else { return }
        isReading = true
        defer { isReading = false }
        while answer == nil, !isBusy, let context, context.channel.isWritable {
            do throws(RequestParser.Refusal) {
                guard let request = try parser.next(at: lastRead) else {
                    if parser.takeWantsContinue() { write("HTTP/1.1 100 Continue\r\n\r\n") }
                    return
                }
                (isOld, wantsClose, hasBegun) = (request.isOld, request.wantsClose, false)
                route(request)
            } catch {
                refuse(error)
            }
        }
    }

    private func refuse(_ refusal: RequestParser.Refusal) {
        let (status, message) =
            switch refusal {
            case .badRequest(let message): (400, message)
            case .headTooLong: (431, "the request's head is longer than \(RequestParser.longestHead) bytes")
            case .bodyTooLong: (413, "the request's body is longer than \(RequestParser.longestBody) bytes")
            }
        replyError(status: status, message: message, type: "Bad Request", closes: true)
    }

    /// An answer is out (or hangs), and more than a whole request waits behind it.
    private func refuseUnread() {
        if let answer { end(answer, as: .aborted) }
        guard !hasBegun else {
            // Nothing can be said in the midst of another answer.
            reset()
            return
        }
        replyError(
            status: 413, message: "more than \(RequestParser.longestUnread) bytes wait behind an answer",
            type: "Bad Request", closes: true)
    }

    // MARK: Writing

    func write(_ text: String) { write(ByteBuffer(string: text)) }

    /// Writes what the loop's frame holds.
    func writeFrame() { write(loop.frame.buffer) }

    /// One system call, straight to the socket as long as it takes everything: a third of the cost of the
    /// way through the channel, which is for what the socket does not take at once.
    func write(_ bytes: ByteBuffer) {
        guard let context else { return }
        hasBegun = true
        var bytes = bytes
        if socket >= 0, queuedWrites == 0 {
            let written = bytes.withUnsafeReadableBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if written > 0 { bytes.moveReaderIndex(forwardBy: written) }
            if bytes.readableBytes == 0 { return }
            // Any other error than a full socket comes again in the channel, which knows what to do.
        }
        guard queuedBytes <= Self.longestQueue else {
            if let answer { end(answer, as: .aborted) }
            reset()
            return
        }
        let count = bytes.readableBytes
        queuedWrites += 1
        queuedBytes += count
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { _ in
            self.queuedWrites -= 1
            self.queuedBytes -= count
        }
    }

    /// A client behind by more than this does not read what it asked for, and is left.
    static let longestQueue = 16 << 20

    func close() {
        isBusy = true
        socket = -1
        context?.close(promise: nil)
    }

    /// Sends no more, and lets the client read what was sent: closing at once, with bytes of the client's
    /// unread, would have the system throw that away (RFC 9112, 9.6).
    func closeAfterReply() {
        isBusy = true
        isRefused = true
        parser.forget()
        socket = -1
        context?.close(mode: .output, promise: nil)
        later(.second) { $0.close() }
    }

    /// Closes with RST instead of FIN.
    func reset() {
        isBusy = true
        socket = -1
        guard let context else { return }
        // Lingering for 0 s is what makes the system send RST.
        if let socket = context.channel as? any SocketOptionProvider {
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in }
        }
        context.close(promise: nil)
    }

    /// Calls `work` after `delay`, if the connection is still there.
    func later(_ delay: Nanoseconds, _ work: @escaping (Connection) -> Void) {
        guard let context else { return }
        context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(delay)) { [weak self] in
            guard let self, self.context != nil else { return }
            work(self)
        }
    }
}
