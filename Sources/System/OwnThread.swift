import Glibc

/// Threads apart from Swift's pool, for what blocks: ncurses, which spends its life in `poll`, and drivers that may
/// hang.
package enum OwnThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body`, and waits for nothing.
    ///
    /// - Throws: why there can be no thread; then `body` is never called.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { raw in
                // Swift's pool blocks most signals in its threads, and a new thread inherits that: without
                // SIGTTOU, a program in the background could change the shell's terminal.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            throw SystemError(result)
        }
        pthread_detach(thread)
    }

    /// Nothing for a while, on the thread that asks.
    ///
    /// - Parameter nanoseconds: fewer where a signal comes.
    package static func pause(nanoseconds: Int64) {
        var time = timespec(
            tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        nanosleep(&time, nil)
    }
}
