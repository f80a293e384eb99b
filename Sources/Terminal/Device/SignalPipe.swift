import CNcurses
import Glibc

/// Signals as bytes in a pipe, which the UI thread polls beside its input; and the last resort that puts
/// the terminal back after a crash.
struct SignalPipe: ~Copyable {
    let readEnd: Int32
    private let writeEnd: Int32
    /// What the handlers read: static, so it outlives everybody.
    private let state: UnsafeMutablePointer<cn_signals>
    private var isOpen = true

    /// From now on TERM, HUP, INT, QUIT, TSTP, CONT and WINCH arrive here; PIPE is ignored for good.
    init() throws(TerminalError) {
        var ends: (read: Int32, write: Int32) = (-1, -1)
        guard cn_open_pipe(&ends.read, &ends.write) == 0 else {
            throw .refused(what: "no pipe for signals", errno: errno)
        }
        readEnd = ends.read
        writeEnd = ends.write
        state = cn_take_signals(ends.write)
    }

    deinit {
        if isOpen { Self.give(back: readEnd, writeEnd, state, hungUp: false) }
    }

    /// Former handlers again; after a hang-up, SIGHUP is ignored.
    mutating func close(hungUp: Bool) {
        guard isOpen else { return }
        isOpen = false
        Self.give(back: readEnd, writeEnd, state, hungUp: hungUp)
    }

    /// Those that have arrived, oldest first.
    func take() -> [Int32] {
        var signals: [Int32] = []
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            guard count > 0 else { break }
            signals += bytes[..<count].map { Int32($0) }
        }
        cn_mark_signals_read(state)
        return signals
    }

    /// Once the terminal is changed: how to put it back from a signal handler. `flags` are those of the
    /// descriptor if they have to be put back as well.
    func arm(terminal: Int32, flags: Int32?, modes: termios, restore: [UInt8]) {
        cn_arm(state, terminal, flags ?? -1, modes, restore, restore.count)
    }

    /// The terminal is as it was.
    func disarm() { cn_disarm(state) }

    /// False as well after a crash elsewhere has put the terminal back: nothing may be written any more.
    var isArmed: Bool { cn_is_armed(state) != 0 }

    /// Stops the whole process until it is continued.
    func stop() { cn_stop_here() }

    private static func give(
        back readEnd: Int32, _ writeEnd: Int32, _ state: UnsafeMutablePointer<cn_signals>, hungUp: Bool
    ) {
        cn_leave_signals(state, hungUp ? 1 : 0)
        Glibc.close(readEnd)
        Glibc.close(writeEnd)
    }
}
