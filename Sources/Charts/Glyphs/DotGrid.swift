/// Braille under construction: 2×4 dots a cell.
struct DotGrid {
    let width: Int
    let height: Int
    private(set) var cells: [UInt8]

    /// In cells.
    init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: 0, count: self.width * self.height)
    }

    var dotsWide: Int { width * 2 }
    var dotsHigh: Int { height * 4 }

    /// Sets the dot at `x`, `y` in dots from the top left; outside, nothing.
    mutating func set(_ x: Int, _ y: Int) {
        guard x >= 0, y >= 0, x < dotsWide, y < dotsHigh else { return }
        cells[(y / 4) * width + x / 2] |= Self.bits[y % 4][x % 2]
    }

    /// The character at a cell; nil where no dot is set.
    func scalar(_ x: Int, _ y: Int) -> Unicode.Scalar? {
        let bits = cells[y * width + x]
        return bits == 0 ? nil : Unicode.Scalar(0x2800 + UInt32(bits))
    }

    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}
