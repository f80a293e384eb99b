/// A cell as the terminal gets it: colours as numbers, nothing in it that could do harm.
struct PaintedCell: Hashable {
    var scalar: UInt32
    var colors: PairTable.Colors
    var flags: UInt8
    /// The right half of the double-width character to its left.
    var isContinuation = false

    static let blank = PaintedCell(scalar: 0x20, colors: .terminal, flags: 0)
    static let bold: UInt8 = 1
    static let dim: UInt8 = 2
    static let underline: UInt8 = 4
    static let reverse: UInt8 = 8

    func looksLike(_ other: PaintedCell) -> Bool { colors == other.colors && flags == other.flags }
}

/// Neighbouring cells that look alike and have changed.
struct PaintedRun: Equatable {
    var x: Int
    var y: Int
    var colors: PairTable.Colors
    var flags: UInt8
    /// Without continuations: a double-width character takes two columns.
    var scalars: [UInt32]
}
