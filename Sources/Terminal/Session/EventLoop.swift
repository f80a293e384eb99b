import Canvas
import Glibc
import Measure

/// The UI thread's loop: keys, signals and time in, frames out. Nothing in it waits but `poll`.
struct EventLoop<Application: TerminalApplication>: ~Copyable {
    var application: Application
    var output = TerminalOutput()
    let screen: Screen
    let device: TerminalDevice
    var signals: SignalPipe
    private let isCancelled: @Sendable () -> Bool
    private let tickInterval: Nanoseconds
    private var decoder = KeyDecoder()
    /// When the terminal was asked for its background.
    private var asked: Moment?
    var queue = OutputQueue()
    var pace = LinePace()
    var size: TerminalSize
    var frame = FrameState()
    /// Taken from the pipe while the process was being stopped.
    var leftOver: [Int32] = []
    /// The terminal said it takes bytes and took none: not asked again before this.
    var writeAgain = Moment.zero
    private var emptyReads = 0

    init(
        _ application: Application, traits: TerminalTraits, ticksPerSecond: Int,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(TerminalError) {
        let device = try TerminalDevice()
        let signals = try SignalPipe()
        let size = device.size()
        // Not before the handlers are ours: ncurses leaves those alone that it finds set.
        screen = try Screen(traits: traits, size: size)
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

    mutating func handle(_ input: TerminalInput, _ now: Moment) -> TerminalEnd? {
        frame.isWanted = true
        switch application.handle(input, now: now) {
        case .goOn: return nil
        case .leave: return .left
        case .redrawAll:
            screen.repaintAll()
            frame.isForced = true
            return nil
        }
    }
}
