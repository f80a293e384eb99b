import Measure
import NIOCore
import Wire

/// Collects one answer, up to its end or that of its stream.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var promise: EventLoopPromise<WholeAnswer>?
    private var end: StreamEnd?
    private let timeout: Nanoseconds
    /// What is said to have passed when the time is over.
    private let stated: Nanoseconds
    private let scrubber: Scrubber
    private var decoder = ResponseDecoder()
    private var head: ResponseHead?
    private var body: [UInt8] = []
    private var timer: Scheduled<Void>?

    init(
        promise: EventLoopPromise<WholeAnswer>, end: StreamEnd?, timeout: Nanoseconds, stated: Nanoseconds,
        scrubber: Scrubber
    ) {
        self.promise = promise
        self.end = end
        self.timeout = timeout
        self.stated = stated
        self.scrubber = scrubber
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let seconds = stated.inSeconds
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .nanoseconds(timeout)) {
            let handler = bound.value
            if !handler.concludeStream() {
                handler.fail(
                    RequestFailure(
                        kind: .timeout, message: "no complete answer within \(own: "\(seconds)") s"))
            }
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        do throws(WireError) {
            let isOver = try take(Self.unwrapInboundIn(data))
            if isOver { context.close(promise: nil) }
        } catch {
            fail(RequestFailure(error, scrubber))
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !concludeStream() { fail(RequestFailure(error, scrubber)) }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if concludeStream() { return }
        if decoder.endsWithConnection, let head {
            succeed(WholeAnswer(head: head, body: body))
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
                // A refusal may quote anything, the end of a stream as well.
                if !(200..<300).contains(head.status) { end = nil }
            case .body(let range):
                guard body.count + range.count <= WireLimits.wholeAnswer else {
                    throw .tooLarge(what: "an answer", limit: WireLimits.wholeAnswer)
                }
                body.append(contentsOf: bytes[range])
                end?.take(bytes[range])
                if end?.isReached == true { return concludeStream() }
            case .end:
                if let head { succeed(WholeAnswer(head: head, body: body)) }
                return true
            }
        }
    }

    /// Where the stream's end has come nothing is missing, whatever becomes of the connection.
    private func concludeStream() -> Bool {
        guard let head, end?.isReached == true else { return false }
        body += Array("\n\n".utf8)
        succeed(WholeAnswer(head: head, body: body))
        return true
    }

    private func succeed(_ answer: WholeAnswer) {
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
