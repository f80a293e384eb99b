import Glibc
import Measure

extension EventLoop {
    /// A terminal that takes nothing when we leave gets this long, twice.
    private static var farewell: Nanoseconds { 500 * .millisecond }

    func takeTerminal() {
        device.setOwnModes()
        signals.arm(
            terminal: device.output, flags: device.savedFlags, modes: device.savedModes,
            restore: screen.restore)
    }

    /// Brief at a terminal that doesn't read, and done at once with one that is gone.
    mutating func giveTerminalBack() {
        let bytes = screen.leave()
        defer { signals.disarm() }
        guard signals.isArmed else { return }
        drain(within: Self.farewell / 2)
        if !queue.isEmpty {
            device.releaseOutput()
            drain(within: Self.farewell / 2)
        }
        // What of a frame hasn't gone by now would only delay what follows.
        queue.drop()
        queue.append(bytes)
        drain(within: Self.farewell)
        output.unsent = queue.count
        queue.drop()
        // An answer that comes now would be typed into the user's shell.
        if isAnswerDue { device.dropInput() }
        device.restoreModes()
    }

    private mutating func drain(within time: Nanoseconds) {
        let deadline = SystemTime.now() + time
        while !queue.isEmpty {
            let now = SystemTime.now()
            guard now < deadline, send(at: now) else { return }
            guard !queue.isEmpty else { return }
            var polled = pollfd(fd: device.output, events: Int16(POLLOUT), revents: 0)
            _ = poll(&polled, 1, 20)
            if now < writeAgain { usleep(5_000) }
        }
    }
}
