/// The rows that scroll (DECSTBM). ncurses sets them once, at its start, to the size that it takes the terminal
/// to have: writing into a file it can't ask, and takes the database's 24 rows. Left so, only those would
/// scroll in the user's shell afterwards.
struct Margins {
    /// All rows, however many there are; empty where the terminal has no margins. It moves the cursor.
    let full: [UInt8]
    private let first: [UInt8]

    /// - Parameters:
    ///   - capability: terminfo's `csr`.
    ///   - rows: as many as ncurses believes in at its start.
    init(capability: String?, rows: Int) {
        let isUsual = capability.map { Padding.stripped($0) == Array("\u{1B}[%i%p1%d;%p2%dr".utf8) } ?? false
        full = isUsual ? Array("\u{1B}[r".utf8) : []
        first = isUsual ? Array("\u{1B}[1;\(rows)r".utf8) : []
    }

    /// The first frame, with margins that fit.
    func corrected(_ frame: [UInt8]) -> [UInt8] {
        first.isEmpty ? frame : frame.replacing(first, with: full, maxReplacements: 1)
    }
}
