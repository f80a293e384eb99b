import Measure
import NIOCore
import Synchronization
import Wire

/// A connection on which one page after the other is asked for: takes `Ask`s, and hands each page on as it comes.
///
/// Confined to its event loop.
final class PageConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Ask
    typealias OutboundOut = ByteBuffer

    /// One request. There is never more than one at a time.
    struct Ask: Sendable {
        var request: ByteBuffer
        /// For the whole answer, from now on.
        var limit: Nanoseconds
        /// What is said to have passed when that is over.
        var stated: Nanoseconds
        var taking: ServerPages.PartTaker
        var answer: EventLoopPromise<Answer>
    }

    struct Answer: Sendable {
        var head: ResponseHead
        /// What a refusal said; a page's body has been handed on.
        var refusal: [UInt8]
    }

    /// The connection came to its end before the answer did.
    struct Lost: Error {
        var failure: RequestFailure
        /// Something of the answer had come.
        var hadBegun: Bool
    }

    /// Why it came to its end while nobody asked: whoever asks next is told that.
    final class LastWords: Sendable {
        fileprivate let failure = Mutex<RequestFailure?>(nil)

        var words: RequestFailure? { failure.withLock(\.self) }
    }

    private let scrubber: Scrubber
    private let lastWords: LastWords
    private var ask: Ask?
    private var timer: Scheduled<Void>?
    private var decoder = ResponseDecoder()
    private var head: ResponseHead?
    private var refusal: [UInt8] = []

    init(scrubber: Scrubber, lastWords: LastWords) {
        self.scrubber = scrubber
        self.lastWords = lastWords
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let ask = Self.unwrapOutboundIn(data)
        (self.ask, decoder, head, refusal) = (ask, ResponseDecoder(), nil, [])
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .nanoseconds(ask.limit)) {
            let seconds = ask.stated.inSeconds
            bound.value.fail(
                RequestFailure(kind: .timeout, message: "no complete answer within \(own: "\(seconds)") s"))
            channel.close(promise: nil)
        }
        context.write(Self.wrapOutboundOut(ask.request), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Nobody asked: whatever it is, the next answer would begin in the midst of it.
        guard ask != nil else {
            lose(RequestFailure(kind: .malformed, message: "the server speaks before it is asked"))
            return context.close(promise: nil)
        }
        do {
            if try take(Self.unwrapInboundIn(data)) { context.close(promise: nil) }
        } catch {
            fail((error as? WireError).map { RequestFailure($0, scrubber) } ?? error)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        lose(RequestFailure(error, scrubber))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if decoder.endsWithConnection, head != nil { return succeed() }
        lose(
            RequestFailure(
                kind: .closedEarly,
                message: head == nil
                    ? "the server closed the connection without an answer"
                    : "the server closed the connection in mid-answer"))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lose(RequestFailure(kind: .closedEarly, message: "the connection was closed"))
    }

    /// True when the connection is of no more use.
    private func take(_ buffer: ByteBuffer) throws -> Bool {
        let bytes = Array(buffer.readableBytesView)
        var offset = 0
        while true {
            switch try bytes.withUnsafeBytes({ try decoder.next($0, from: &offset) }) {
            case .needsMore: return false
            case .head(let head): self.head = head
            case .body(let range):
                if head?.isSuccess == true {
                    try ask?.taking(range == bytes.indices ? bytes : Array(bytes[range]))
                } else {
                    refusal += bytes[range].prefix(max(0, WireLimits.plainBody - refusal.count))
                }
            case .end:
                let isSpoiled = offset < bytes.count || head?.closesConnection == true
                succeed()
                return isSpoiled
            }
        }
    }

    private func succeed() {
        guard let head else { return }
        let answer = Answer(head: head, refusal: refusal)
        end()?.answer.succeed(answer)
    }

    private func fail(_ error: any Error) { end()?.answer.fail(error) }

    private func lose(_ failure: RequestFailure) {
        if ask == nil { lastWords.failure.withLock { $0 = $0 ?? failure } }
        fail(Lost(failure: failure, hadBegun: !decoder.isFresh))
    }

    private func end() -> Ask? {
        timer?.cancel()
        (timer, head) = (nil, nil)
        defer { ask = nil }
        return ask
    }
}
