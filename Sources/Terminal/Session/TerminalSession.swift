import Synchronization
import System

/// A screen on the terminal of this process.
package enum TerminalSession {
    private static let isRunning = Atomic(false)

    /// Runs `application` on a thread of its own until it ends, and puts the terminal back whatever happens.
    ///
    /// - `ticksPerSecond`: how often the application is asked for news, 1…100.
    /// - Cancelling the task ends it with `.left` at the next tick.
    /// - While it runs, TERM, HUP, INT, QUIT, TSTP, CONT and WINCH are its own; SIGPIPE is ignored for good.
    ///   Afterwards the former handlers are back, but SIGHUP is ignored after `.hungUp`.
    ///
    /// - Throws: what kept the screen from coming up; the terminal is as it was then.
    package static func run<Application: TerminalApplication & Sendable>(
        _ application: Application, traits: TerminalTraits, ticksPerSecond: Int = 5
    ) async throws(TerminalError) -> (end: TerminalEnd, application: Application, output: TerminalOutput) {
        typealias Outcome = Result<(TerminalEnd, Application, TerminalOutput), TerminalError>
        guard
            isRunning.compareExchange(expected: false, desired: true, ordering: .sequentiallyConsistent)
                .exchanged
        else { throw .alreadyRunning }
        defer { isRunning.store(false, ordering: .sequentiallyConsistent) }
        let cancelled = Flag()
        let outcome: Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Outcome, Never>) in
                do throws(SystemError) {
                    try OwnThread.start {
                        done.resume(
                            returning: Outcome { () throws(TerminalError) in
                                var loop = try EventLoop(
                                    application, traits: traits, ticksPerSecond: ticksPerSecond,
                                    isCancelled: { cancelled.isSet })
                                let end = loop.run()
                                return (end, loop.application, loop.output)
                            })
                    }
                } catch {
                    done.resume(
                        returning: .failure(.refused(what: "no thread for the screen", errno: error.code)))
                }
            }
        } onCancel: {
            cancelled.set()
        }
        return try outcome.get()
    }

    /// Set once, from any thread.
    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}
