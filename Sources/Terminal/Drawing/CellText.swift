import Canvas

/// The last guard before the terminal: whatever was drawn, only printable characters of the width that the
/// canvas reckons with get through.
enum CellText {
    static let substitute: UInt32 = 0x3F  // ?

    /// The character to show for `cell`, and the columns it takes.
    ///
    /// `width` is the C library's opinion, which is ncurses' as well: where it isn't the canvas's, the
    /// character would shift the rest of the row.
    static func harmless(
        _ cell: Cell, hasRoomForTwo: Bool, isUTF8: Bool, width: (UInt32) -> Int
    ) -> (scalar: UInt32, columns: Int) {
        let value = cell.scalar.value
        if cell.isContinuation { return (0x20, 1) }
        if (0x20..<0x7F).contains(value) { return (value, 1) }
        guard isUTF8 else { return (substitute, 1) }
        let columns = TextWidth.columns(of: cell.scalar)
        guard columns == width(value) else { return (substitute, 1) }
        switch columns {
        case 1: return isBidiControl(value) ? (substitute, 1) : (value, 1)
        case 2 where hasRoomForTwo: return (value, 2)
        default: return (substitute, 1)
        }
    }

    private static func isBidiControl(_ value: UInt32) -> Bool {
        (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
}
