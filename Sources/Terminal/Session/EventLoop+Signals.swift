import Canvas
import Glibc
import Measure

extension EventLoop {
    /// What has come in through the pipe.
    mutating func handleSignals() -> TerminalEnd? {
        var arrived = leftOver + signals.take()
        leftOver = []
        // With a hang-up comes a SIGCONT, possibly first.
        if arrived.contains(SIGHUP) { return .hungUp }
        if let ending = arrived.first(where: { $0 == SIGTERM || $0 == SIGQUIT }) { return .signal(ending) }
        // A window that is being dragged sends dozens; the last size counts.
        let resized = arrived.contains(SIGWINCH)
        arrived.removeAll { $0 == SIGWINCH }
        while !arrived.isEmpty {
            switch arrived.removeFirst() {
            case SIGINT:
                if let end = handle(.key(.control("c")), SystemTime.now()) {
                    return end == .left ? .signal(SIGINT) : end
                }
            case SIGTSTP:
                suspend()
                leftOver = arrived.filter { $0 != SIGTSTP && $0 != SIGCONT } + leftOver
                return resume()
            case SIGCONT:
                // Stopped by SIGSTOP: whoever had the terminal meanwhile has changed it.
                _ = screen.leave()
                if let end = resume() { return end }
            default: break
            }
        }
        return resized ? resize() : nil
    }

    private mutating func resize() -> TerminalEnd? {
        let now = device.size()
        guard now != size else { return nil }
        size = now
        screen.resize(to: size)
        frame.isForced = true
        return handle(.resized(size), SystemTime.now())
    }

    private mutating func suspend() {
        giveTerminalBack()
        signals.stop()
        leftOver = signals.take().filter { $0 != SIGCONT && $0 != SIGTSTP }
    }

    private mutating func resume() -> TerminalEnd? {
        takeTerminal()
        if let end = resize() { return end }
        screen.repaintAll()
        frame.isForced = true
        return handle(.resumed, SystemTime.now())
    }
}
