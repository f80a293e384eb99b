import CNcurses
import Glibc

/// One thread that owns ncurses, apart from Swift's pool: it spends its life in `poll`.
enum UIThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body`; an errno if there can be no thread, and then `body` is never called.
    static func start(_ body: @escaping @Sendable () -> Void) -> Int32? {
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
            return result
        }
        pthread_detach(thread)
        return nil
    }
}
