import CSignals
import Dispatch
import Synchronization

/// INT, TERM and HUP as a stream, for a session without a screen.
///
/// Through a pipe of our own: Dispatch's signal sources work by blocking signals in its threads, and don't
/// come back after somebody else, such as the screen, has had the handlers.
package final class StopSignals {
    package let stream: AsyncStream<Int32>

    private let source: (any DispatchSourceRead)?
    private let received: Received
    private var isListening = true

    /// What has come so far. A class of its own, so that the source's handler doesn't hold the source.
    private final class Received: Sendable {
        let first = Mutex<Int32?>(nil)

        /// True the first time.
        func note(_ number: Int32) -> Bool {
            first.withLock { first in
                defer { first = first ?? number }
                return first == nil
            }
        }
    }

    /// - Parameter again: what is to happen at the second one, and at each after it; called on a thread of Dispatch's.
    package init(again: @escaping @Sendable (Int32) -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let received = Received()
        self.stream = stream
        self.received = received
        guard let pipe = try? Pipe(waits: false) else {
            // No descriptors left: then signals do what they do by default.
            source = nil
            return
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: pipe.readEnd)
        // The handler keeps the source until it's cancelled, whoever lets go of this object before.
        source.setEventHandler { [source] in
            defer { withExtendedLifetime(source) {} }
            for number in SignalPipe.take(from: pipe.readEnd) {
                if received.note(number) { continuation.yield(number) } else { again(number) }
            }
        }
        source.setCancelHandler { pipe.close() }
        source.resume()
        self.source = source
        csignals_take(pipe.writeEnd, 0)
    }

    /// The first signal that came, if any did.
    package var first: Int32? { received.first.withLock { $0 } }

    /// The former handlers again.
    package func cancel() {
        guard let source, isListening else { return }
        isListening = false
        csignals_leave(0)
        source.cancel()
    }
}
