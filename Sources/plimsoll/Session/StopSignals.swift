import Dispatch
import Glibc
import Synchronization

/// INT, TERM and HUP as a stream, for a session without a screen. The second one ends the program at once.
///
/// Through a pipe of our own: Dispatch's signal sources work by blocking signals in its threads, and don't
/// come back after somebody else, such as the screen, has had the handlers.
final class StopSignals {
    let stream: AsyncStream<Int32>

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]
    /// What the handler writes to; -1 for nowhere.
    private static let writeEnd = Atomic<Int32>(-1)

    private let source: (any DispatchSourceRead)?
    private let received: Received
    private var former: [(number: Int32, action: sigaction)] = []

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

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let received = Received()
        self.stream = stream
        self.received = received
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            // No descriptors left: then signals do what they do by default.
            source = nil
            return
        }
        let (reading, writing) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: reading)
        // The handler keeps the source until it's cancelled, whoever lets go of this object before.
        source.setEventHandler { [source] in
            defer { withExtendedLifetime(source) {} }
            var byte: UInt8 = 0
            while read(reading, &byte, 1) == 1 {
                let number = Int32(byte)
                if received.note(number) {
                    continuation.yield(number)
                } else {
                    ExitStatus.leave(.signal(number))
                }
            }
        }
        source.setCancelHandler {
            close(reading)
            close(writing)
        }
        source.resume()
        self.source = source
        Self.writeEnd.store(writing, ordering: .sequentiallyConsistent)
        takeHandlers()
    }

    private func takeHandlers() {
        var action = sigaction()
        sigemptyset(&action.sa_mask)
        action.sa_flags = SA_RESTART
        let handler: @convention(c) (Int32) -> Void = { number in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(StopSignals.writeEnd.load(ordering: .relaxed), &byte, 1)
            errno = saved
        }
        #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handler
        #else
        action.__sigaction_u.__sa_handler = handler
        #endif
        for number in Self.numbers {
            var before = sigaction()
            sigaction(number, nil, &before)
            // nohup, or a terminal that has gone already: a hang-up is no reason to stop.
            if number == SIGHUP, Self.isIgnored(before) { continue }
            sigaction(number, &action, nil)
            former.append((number, before))
        }
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Glibc)
        let handler = action.__sigaction_handler.sa_handler
        #else
        let handler = action.__sigaction_u.__sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// The first signal that came, if any did.
    var first: Int32? { received.first.withLock { $0 } }

    /// The former handlers again.
    func cancel() {
        for (number, action) in former {
            var action = action
            sigaction(number, &action, nil)
        }
        former = []
        guard let source else { return }
        Self.writeEnd.store(-1, ordering: .sequentiallyConsistent)
        source.cancel()
    }
}
