import Glibc

/// A terminal for another program, whose other end is ours.
package struct PseudoTerminal {
    /// Ours: what is written here is typed, and what is read here was drawn. Never waits. Who made it closes it.
    package let master: Int32
    /// The program's.
    package let path: String

    // From <asm-generic/ioctls.h>, as macros that Swift can't see; glibc's own functions for them want
    // `_GNU_SOURCE`.
    private static let unlock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430

    /// - Throws: where there is none to be had.
    package init(columns: UInt16, rows: UInt16) throws(SystemError) {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard master >= 0 else { throw .last }
        var (locked, name): (Int32, Int32) = (0, 0)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(master, Self.unlock, &locked) == 0, ioctl(master, Self.number, &name) == 0,
            ioctl(master, UInt(TIOCSWINSZ), &size) == 0
        else {
            let error = SystemError.last
            close(master)
            throw error
        }
        path = "/dev/pts/\(name)"
    }
}
