import CNcurses
import Glibc

/// The terminal as a device: its modes, its size, and writing that never waits.
struct TerminalDevice: ~Copyable {
    let input = STDIN_FILENO
    let output: Int32
    /// As they were when we came.
    let savedModes: termios
    /// Set when standard output itself had to be made non-blocking.
    let savedFlags: Int32?

    init() throws(TerminalError) {
        var modes = termios()
        guard tcgetattr(STDIN_FILENO, &modes) == 0 else {
            throw .refused(what: "the terminal's modes can't be read", errno: errno)
        }
        // Everything that can fail comes before the first property is set, as a noncopyable type wants it.
        let opened = try Self.openForWriting()
        savedModes = modes
        output = opened.descriptor
        savedFlags = opened.savedFlags
    }

    /// A description of our own, if it can be had: O_NONBLOCK on the one that we share with the shell would
    /// outlive us if we were killed.
    private static func openForWriting() throws(TerminalError) -> (descriptor: Int32, savedFlags: Int32?) {
        for path in ["/proc/self/fd/1", "/dev/tty"] {
            let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if cn_same_terminal(descriptor, STDOUT_FILENO) != 0 { return (descriptor, nil) }
            close(descriptor)
        }
        // After `su`, say, the terminal belongs to someone else.
        let flags = fcntl(STDOUT_FILENO, F_GETFL)
        guard flags >= 0, fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw .refused(what: "standard output can't be made non-blocking", errno: errno)
        }
        return (STDOUT_FILENO, flags)
    }

    deinit {
        if let savedFlags {
            _ = fcntl(output, F_SETFL, savedFlags)
        } else {
            close(output)
        }
    }

    /// Key by key, without echo; ^C, ^Z and ^\ stay signals.
    func setOwnModes() {
        var modes = savedModes
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL)
        modes.c_lflag |= tcflag_t(ISIG)
        modes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR)
        // ncurses moves down with a bare line feed, and right with a tab.
        modes.c_oflag &= ~tcflag_t(ONLCR | OCRNL | ONLRET | XTABS)
        withUnsafeMutableBytes(of: &modes.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        Self.apply(modes, to: input)
    }

    func restoreModes() { Self.apply(savedModes, to: input) }

    /// Forgets what was typed and not read.
    func dropInput() { tcflush(input, TCIFLUSH) }

    /// Lets go what ^S holds back: switching IXON off is the only way to.
    func releaseOutput() {
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else { return }
        modes.c_iflag &= ~tcflag_t(IXON)
        Self.apply(modes, to: input)
    }

    /// What the terminal says, else LINES and COLUMNS, else 80×24: a serial line has no size.
    func size() -> TerminalSize {
        var columns: Int32 = 0
        var rows: Int32 = 0
        if cn_window_size(output, &columns, &rows) == 0, columns > 0, rows > 0 {
            return TerminalSize(width: Int(columns), height: Int(rows))
        }
        return TerminalSize(
            width: Self.number("COLUMNS") ?? 80, height: Self.number("LINES") ?? 24)
    }

    /// Bytes that the driver still holds.
    var unsent: Int { Int(cn_output_queue(output)) }

    /// How many were taken, 0 for none now, or a negative errno. Never waits.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let taken = Glibc.write(output, bytes.baseAddress, bytes.count)
            if taken >= 0 { return taken }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : -Int(errno)
        }
    }

    private static func apply(_ modes: termios, to descriptor: Int32) {
        var modes = modes
        // TCSANOW: the others wait for output to be read.
        while tcsetattr(descriptor, TCSANOW, &modes) != 0, errno == EINTR {}
    }

    private static func number(_ variable: String) -> Int? {
        guard let text = getenv(variable), let value = Int(String(cString: text)), (1...1000).contains(value)
        else { return nil }
        return value
    }
}
