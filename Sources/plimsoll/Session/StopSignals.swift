import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// INT, TERM and HUP as a stream, for a session without a screen. The second one ends the program at once.
final class StopSignals {
    let stream: AsyncStream<Int32>

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    private let sources: [any DispatchSourceSignal]
    private let received: Received

    /// What has come so far. A class of its own, so that the handlers don't hold the sources.
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

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let received = Received()
        self.stream = stream
        self.received = received
        sources = Self.numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if received.note(number) {
                    continuation.yield(number)
                } else {
                    ExitStatus.leave(.signal(number))
                }
            }
            source.resume()
            return source
        }
    }

    /// The first signal that came, if any did.
    var first: Int32? { received.first.withLock { $0 } }

    func cancel() {
        for source in sources { source.cancel() }
        for number in Self.numbers { signal(number, SIG_DFL) }
    }
}
