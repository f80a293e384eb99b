import Glibc

/// A terminal whose other end the benchmark holds.
struct PseudoTerminal {
    let master: Int32
    let path: String

    // From <asm-generic/ioctls.h>, as macros that Swift can't see; glibc's own functions for them want
    // `_GNU_SOURCE`.
    private static let unlock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430

    init(columns: UInt16, rows: UInt16) throws(BenchError) {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, name): (Int32, Int32) = (0, 0)
        guard master >= 0, ioctl(master, Self.unlock, &locked) == 0, ioctl(master, Self.number, &name) == 0
        else {
            throw .system("a pseudoterminal")
        }
        path = "/dev/pts/\(name)"
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { throw .system("a pseudoterminal's size") }
        _ = fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK)
    }
}
