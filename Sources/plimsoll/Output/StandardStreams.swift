import Glibc
import Session
import Synchronization
import System

/// Standard output and error, written at once and whole. A reader who has gone (`| head`) is no error; a disk that
/// is full is.
///
/// All text passes the screen's sanitiser: much of it was written by servers, or stood in a file.
enum StandardStreams {
    private static let failure = Mutex<Int32?>(nil)
    /// A terminal that has gone since is a reader who left.
    private static let beganOnTerminal = isatty(STDOUT_FILENO) == 1

    /// Makes the streams safe to use. One that is closed leads nowhere: else the next file that is opened, the
    /// recording for example, would be it.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, and that is this one.
            _ = open("/dev/null", O_RDWR)
        }
        _ = beganOnTerminal
    }

    static func output(_ text: String) { write(PrintedText.lines(text), to: STDOUT_FILENO) }

    /// JSON, which keeps its meaning and its characters.
    static func document(_ json: String) { write(PrintedText.json(json), to: STDOUT_FILENO) }

    static func error(_ text: String) { write(PrintedText.lines(text), to: STDERR_FILENO) }

    /// One line that says what is wrong.
    static func complain(_ message: String) { error("plimsoll: \(message)\n") }

    /// Why something written to standard output never got there; nil if all of it did. The last thing asked: it
    /// closes it.
    static func lostOutput() -> String? {
        if close(STDOUT_FILENO) != 0, errno != EBADF { note(errno) }
        return failure.withLock { $0 }.map { SystemError($0).description }
    }

    /// As far as it is known by now.
    static var hasLostOutput: Bool { failure.withLock { $0 != nil } }

    private static func note(_ code: Int32) {
        guard code != EPIPE, !(code == EIO && beganOnTerminal) else { return }
        failure.withLock { $0 = $0 ?? code }
    }

    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns; nil when standard output is no terminal, and lines may be as long as they are.
    static var outputWidth: Int? {
        var size = winsize()
        guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            if written < 0, errno == EAGAIN {
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&poller, 1, 1000)
                continue
            }
            guard written > 0 else {
                if descriptor == STDOUT_FILENO { note(errno) }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}

/// The same as the console of a session.
struct StandardConsole: Console {
    func output(_ text: String) { StandardStreams.output(text) }
    func document(_ json: String) { StandardStreams.document(json) }
    func error(_ text: String) { StandardStreams.error(text) }
    var width: Int? { StandardStreams.outputWidth }
}
