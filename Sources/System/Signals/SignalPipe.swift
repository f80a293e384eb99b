package import CSignals
import Glibc

/// Signals as bytes in a pipe, which the UI thread polls beside its input; and the last resort that puts the terminal
/// back after a crash. One at a time.
package struct SignalPipe: ~Copyable {
    private let pipe: Pipe
    private var isOpen = true

    /// To be polled for bytes.
    package var readEnd: Int32 { pipe.readEnd }

    /// From now on TERM, HUP, INT, QUIT, TSTP, CONT and WINCH arrive here; PIPE is ignored for good.
    ///
    /// - Throws: where there is no descriptor left; then signals do what they did.
    package init() throws(SystemError) {
        pipe = try Pipe(waits: false)
        csignals_take(pipe.writeEnd, 1)
    }

    deinit { if isOpen { give(backAfterHangUp: false) } }

    /// Former handlers again; after a hang-up, SIGHUP is ignored.
    package mutating func close(hungUp: Bool) {
        guard isOpen else { return }
        isOpen = false
        give(backAfterHangUp: hungUp)
    }

    /// Those that have arrived, oldest first.
    package func take() -> [Int32] { Self.take(from: readEnd) }

    static func take(from readEnd: Int32) -> [Int32] {
        var signals: [Int32] = []
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            guard count > 0 else { break }
            signals += bytes[..<count].map { Int32($0) }
        }
        csignals_mark_read()
        return signals
    }

    /// Once the terminal is changed: how to put it back from a signal handler. `flags` are those of the
    /// descriptor if they have to be put back as well.
    package func arm(terminal: Int32, flags: Int32?, modes: termios, restore: [UInt8]) {
        csignals_arm(terminal, flags ?? -1, modes, restore, restore.count)
    }

    /// The terminal is as it was.
    package func disarm() { csignals_disarm() }

    /// False as well after a crash elsewhere has put the terminal back: nothing may be written any more.
    package var isArmed: Bool { csignals_is_armed() != 0 }

    /// Stops the whole process until it is continued.
    package func stop() { csignals_stop_here() }

    private func give(backAfterHangUp hungUp: Bool) {
        csignals_leave(hungUp ? 1 : 0)
        pipe.close()
    }
}
