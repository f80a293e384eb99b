import Measure
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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
    let server: NIOLoopBound<ServerRoom>

    init(loop: ServerLoop, server: NIOLoopBound<ServerRoom>) {
        self.loop = loop
        self.server = server
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        place = loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func leave() {
        guard place >= 0 else { return }
        if let answer { end(answer, as: .aborted) }
        loop.remove(place)
        place = -1
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = SystemTime.now()
        parser.append(unwrapInboundIn(data))
        readRequests()
    }

    /// Answers what has been read, as far as one answer at a time goes.
    func readRequests() {
        // An answer that is complete at once comes back here.
        guard !isReading else { return }
        isReading = true
        defer { isReading = false }
        while answer == nil, !isBusy, context != nil {
            do throws(RequestParser.Refusal) {
                guard let request = try parser.next(at: lastRead) else {
                    if parser.takeWantsContinue() { write("HTTP/1.1 100 Continue\r\n\r\n") }
                    return
                }
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

    // MARK: Writing

    func write(_ text: String) {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    /// Writes what the loop's frame holds.
    func writeFrame() {
        guard let context else { return }
        context.writeAndFlush(wrapOutboundOut(loop.frame.buffer), promise: nil)
    }

    func close() {
        isBusy = true
        context?.close(promise: nil)
    }

    /// Closes with RST instead of FIN.
    func reset() {
        isBusy = true
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
