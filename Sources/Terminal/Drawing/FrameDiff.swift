import Canvas

/// Turns canvases into what has to be painted: remembers what is on the screen, and tells only what
/// differs.
struct FrameDiff {
    /// Measured at 50×160 in 256 colours, everything moving, in kB a frame without and with 16: words
    /// 33 and 8, a sparse curve 15 and 9, braille with gaps 11 and 5. 32 gains nothing more.
    static let longestBridge = 16
    private static let visibleOnBlanks = PaintedCell.underline | PaintedCell.reverse

    private var palette: Palette
    private let isUTF8: Bool
    private let characterWidth: (UInt32) -> Int
    private(set) var width = 0
    private(set) var height = 0
    private var shown: [PaintedCell] = []
    private var last: Canvas?

    init(palette: Palette, isUTF8: Bool, characterWidth: @escaping (UInt32) -> Int) {
        self.palette = palette
        self.characterWidth = characterWidth
        self.isUTF8 = isUTF8
    }

    /// The screen is blank and of this size.
    mutating func reset(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        shown = Array(repeating: .blank, count: self.width * self.height)
        last = nil
    }

    /// What to paint to get `canvas` on the screen. A canvas of another size is cut, or leaves the rest
    /// blank.
    mutating func runs(to canvas: Canvas) -> [PaintedRun] {
        var runs: [PaintedRun] = []
        let comparable = last.map { $0.width == canvas.width && $0.height == canvas.height } ?? false
        for y in 0..<height {
            let cells = row(y, of: canvas)
            if comparable, let last, row(y, of: last) == cells { continue }
            let painted = paint(cells)
            append(painted, y: y, to: &runs)
            shown.replaceSubrange(y * width..<(y + 1) * width, with: painted)
        }
        last = canvas
        return runs
    }

    /// The colours that are on the screen.
    var colorsOnScreen: Set<PairTable.Colors> { Set(shown.lazy.map(\.colors)) }

    private func row(_ y: Int, of canvas: Canvas) -> ArraySlice<Cell> {
        guard y < canvas.height else { return [] }
        return canvas.cells[y * canvas.width..<(y + 1) * canvas.width]
    }

    private func append(_ painted: [PaintedCell], y: Int, to runs: inout [PaintedRun]) {
        let start = y * width
        var open: PaintedRun?
        var x = 0
        while x < width {
            let cell = painted[x]
            let columns = x + 1 < width && painted[x + 1].isContinuation ? 2 : 1
            let changed = (x..<x + columns).contains { painted[$0] != shown[start + $0] }
            if changed, let run = open, run.colors == cell.colors, run.flags == cell.flags {
                open?.scalars.append(cell.scalar)
            } else {
                if let run = open { runs.append(run) }
                open =
                    changed
                    ? PaintedRun(x: x, y: y, colors: cell.colors, flags: cell.flags, scalars: [cell.scalar])
                    : nil
            }
            x += columns
        }
        if let run = open { runs.append(run) }
    }

    /// One row's cells, cut or filled to the screen's width.
    private mutating func paint(_ cells: ArraySlice<Cell>) -> [PaintedCell] {
        var painted = Array(repeating: PaintedCell.blank, count: width)
        var x = 0
        var index = cells.startIndex
        while x < width, index < cells.endIndex {
            let cell = cells[index]
            let next = index + 1
            let hasRoom = x + 1 < width && next < cells.endIndex && cells[next].isContinuation
            let (scalar, columns) = CellText.harmless(
                cell, hasRoomForTwo: hasRoom, isUTF8: isUTF8, width: characterWidth)
            var result = look(of: cell.style)
            result.scalar = scalar
            if scalar == 0x20 { result = blank(result, after: x > 0 ? painted[x - 1] : nil) }
            painted[x] = result
            if columns == 2 {
                result.isContinuation = true
                painted[x + 1] = result
            }
            x += columns
            index += columns
        }
        bridge(&painted)
        return painted
    }

    /// A few blanks between two cells that look alike take their look: writing the blanks costs less than
    /// changing colours twice. Longer gaps stay plain, so that they can be erased or jumped over.
    private func bridge(_ cells: inout [PaintedCell]) {
        var last: Int?
        for x in cells.indices where cells[x] != .blank {
            if let last, x - last > 1, x - last <= Self.longestBridge + 1, cells[last].looksLike(cells[x]),
                cells[x].flags & Self.visibleOnBlanks == 0, cells[x].colors.background == -1
            {
                for gap in last + 1..<x {
                    cells[gap] = PaintedCell(scalar: 0x20, colors: cells[x].colors, flags: cells[x].flags)
                }
            }
            last = x
        }
    }

    /// A blank's foreground can't be seen, and every change of colour costs bytes: over the terminal's own
    /// background it gets none, so that the rest of a row can be erased at once (but see `bridge`); over
    /// another it takes its left neighbour's.
    private func blank(_ cell: PaintedCell, after left: PaintedCell?) -> PaintedCell {
        guard cell.flags & Self.visibleOnBlanks == 0 else { return cell }
        if cell.colors.background == -1 { return .blank }
        if let left, left.colors.background == cell.colors.background, left.flags & Self.visibleOnBlanks == 0
        {
            return PaintedCell(scalar: 0x20, colors: left.colors, flags: left.flags)
        }
        let colors = PairTable.Colors(foreground: -1, background: cell.colors.background)
        return PaintedCell(scalar: 0x20, colors: colors, flags: 0)
    }

    private mutating func look(of style: Style) -> PaintedCell {
        let foreground = palette.number(of: style.foreground)
        let background = palette.number(of: style.background)
        var flags = style.attributes.rawValue & 15
        if foreground.isBright { flags |= PaintedCell.bold }
        return PaintedCell(
            scalar: 0x20,
            colors: .init(foreground: foreground.number, background: background.number),
            flags: flags)
    }
}
