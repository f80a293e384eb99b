import Canvas
import Glibc
import Measure
import System

/// The UI thread's loop: keys, signals and time in, frames out. Nothing in it waits but `poll`.
struct EventLoop<Application: TerminalApplication>: ~Copyable {
    private(set) var application: Application
    private(set) var output = TerminalOutput()
    private let screen: CursesScreen
    private let device: TerminalDevice
    private var signals: SignalPipe
    private let isCancelled: @Sendable () -> Bool
    private let tickInterval: Nanoseconds
    private var decoder = KeyDecoder()
    /// When the terminal was asked for its background.
    private var asked: Moment?
    private var queue = OutputQueue()
    private var pace = LinePace()
    private var size: TerminalSize
    private var frame = FrameState()
    /// Taken from the pipe while the process was being stopped.
    private var leftOver: [Int32] = []
    /// The terminal said it takes bytes and took none: not asked again before this.
    private var writeAgain = Moment.zero
    private var emptyReads = 0

    init(
        _ application: Application, traits: TerminalTraits, ticksPerSecond: Int,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(TerminalError) {
        let device = try TerminalDevice()
        let signals: SignalPipe
        do throws(SystemError) { signals = try SignalPipe() } catch {
            throw .refused(what: "no pipe for signals", errno: error.code)
        }
        let size = device.size()
        // Not before the handlers are ours: ncurses leaves those alone that it finds set.
        screen = try CursesScreen(traits: traits, size: size)
        self.application = application
        self.isCancelled = isCancelled
        self.device = device
        self.signals = signals
        self.size = size
        tickInterval = Nanoseconds.second / Nanoseconds(min(max(ticksPerSecond, 1), 100))
        takeTerminal()
        guard BackgroundQuery.isKnown(to: traits.term), traits.colorDepth != .mono else { return }
        queue.append(BackgroundQuery.bytes)
        decoder.expectAnswer()
        asked = SystemTime.now()
    }

    /// The terminal was asked a moment ago, and hasn't answered yet.
    var isAnswerDue: Bool {
        decoder.awaitsAnswer && asked.map { SystemTime.now() - $0 < 2 * .second } ?? false
    }

    mutating func run() -> TerminalEnd {
        var nextTick = SystemTime.now()
        var end = handle(.resized(size), nextTick)
        while end == nil {
            let now = SystemTime.now()
            draw(at: now)
            end = wait(until: nextTick, now: now)
            let after = SystemTime.now()
            if end == nil, after.nanoseconds >= nextTick.nanoseconds {
                nextTick = max(nextTick + tickInterval, after)
                end = isCancelled() ? .left : handle(.tick, after)
            }
        }
        let reason = end ?? .left
        giveTerminalBack()
        signals.close(hungUp: reason == .hungUp)
        output.bytes = queue.written
        return reason
    }

    private mutating func wait(until tick: Moment, now: Moment) -> TerminalEnd? {
        var wake = tick
        if frame.isWanted, queue.isEmpty { wake = min(wake, max(frame.notBefore, now)) }
        let writes = !queue.isEmpty && now >= writeAgain
        if !queue.isEmpty, !writes { wake = min(wake, writeAgain) }
        var polled = [
            pollfd(fd: device.input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: writes ? device.output : -1, events: Int16(POLLOUT), revents: 0),
        ]
        let milliseconds = max(0, (wake - now + .millisecond - 1) / .millisecond)
        let ready = poll(&polled, 3, Int32(clamping: leftOver.isEmpty ? milliseconds : 0))
        if polled[1].revents != 0 || !leftOver.isEmpty, let end = handleSignals() { return end }
        guard ready > 0 else { return nil }
        let broken = Int16(POLLHUP | POLLERR | POLLNVAL)
        if (polled[0].revents | polled[2].revents) & broken != 0 { return .hungUp }
        if polled[2].revents != 0, !send(at: SystemTime.now()) { return .hungUp }
        return polled[0].revents != 0 ? readKeys() : nil
    }

    private mutating func readKeys() -> TerminalEnd? {
        var read = 0
        // Bounded, so that a paste of a megabyte can't keep signals and ticks from their turn.
        while read < 512 {
            let code = screen.nextCode()
            guard code >= 0 else { break }
            read += 1
            let now = SystemTime.now()
            for key in decoder.take(code, at: now) {
                if let end = handle(.key(key), now) { return end }
            }
            if let background = decoder.takeBackground() {
                if let end = handle(.background(background), now) { return end }
            }
        }
        // Readable, but nothing to read, again and again: the other side is gone.
        emptyReads = read == 0 ? emptyReads + 1 : 0
        if emptyReads > 3 { return .hungUp }
        if read < 512 {
            let now = SystemTime.now()
            for key in decoder.endOfBurst(at: now) {
                if let end = handle(.key(key), now) { return end }
            }
        }
        return nil
    }

    private mutating func handle(_ input: TerminalInput, _ now: Moment) -> TerminalEnd? {
        frame.isWanted = true
        switch application.handle(input, now: now) {
        case .goOn: return nil
        case .leave: return .left
        case .redrawAll:
            screen.repaintAll()
            frame.isForced = true
            return nil
        case .copy(let text):
            queue.append(Clipboard.bytes(for: text) ?? [])
            return nil
        }
    }
}

extension EventLoop {
    /// A frame, if one is wanted and the terminal is ready for it.
    private mutating func draw(at now: Moment) {
        guard frame.isWanted else { return }
        frame.notBefore = max(frame.notBefore, pace.nextFrame(at: now))
        guard queue.isEmpty, device.unsent == 0, now >= frame.notBefore else {
            if !frame.isHeld { output.waits += 1 }
            frame.isHeld = true
            if queue.isEmpty, now >= frame.notBefore { frame.notBefore = now + 20 * .millisecond }
            return
        }
        let canvas = application.frame(size: size, now: now)
        let isForced = frame.isForced
        frame = FrameState()
        guard canvas != nil || isForced else { return }
        let bytes = screen.draw(canvas)
        guard !bytes.isEmpty else { return }
        output.frames += 1
        queue.append(bytes)
        pace.drewFrame(at: now)
        send(at: now)
    }

    /// False when the terminal is gone.
    @discardableResult
    private mutating func send(at now: Moment) -> Bool {
        // After a crash elsewhere the handler has put the terminal back: leave it so.
        guard signals.isArmed else {
            writeAgain = now + .second
            return true
        }
        let before = queue.written
        let outcome = queue.flush { device.write($0) }
        let taken = queue.written - before
        pace.wrote(taken, isFull: outcome == .full, at: now)
        if outcome == .full, taken == 0 { writeAgain = now + 20 * .millisecond }
        if case .failed = outcome { return false }
        return true
    }
}

extension EventLoop {
    /// What has come in through the pipe.
    private mutating func handleSignals() -> TerminalEnd? {
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

extension EventLoop {
    /// A terminal that takes nothing when we leave gets this long, twice.
    private static var farewell: Nanoseconds { 500 * .millisecond }

    private func takeTerminal() {
        device.setOwnModes()
        signals.arm(
            terminal: device.output, flags: device.savedFlags, modes: device.savedModes,
            restore: screen.restore)
    }

    /// Brief at a terminal that doesn't read, and done at once with one that is gone.
    private mutating func giveTerminalBack() {
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

/// Where the next frame stands.
private struct FrameState {
    /// Something has happened that may have changed the picture.
    var isWanted = false
    /// Paint the last one again even if nothing has changed.
    var isForced = false
    /// It was wanted, but the terminal wasn't ready.
    var isHeld = false
    var notBefore = Moment.zero
}
