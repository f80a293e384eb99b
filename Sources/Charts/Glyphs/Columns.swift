import Canvas

/// Columns of a bar chart or an area, as high as their values say, in any glyph set.
struct Columns {
    /// Heights as shares of the full height, left to right; two a cell in braille.
    let heights: [Double]
    let glyphs: GlyphSet
    /// Only the upper edge.
    var isLine = false

    /// How many columns a cell holds.
    static func perCell(_ glyphs: GlyphSet) -> Int { glyphs == .braille ? 2 : 1 }

    /// How many steps a cell's height has.
    static func steps(_ glyphs: GlyphSet) -> Int { glyphs == .braille ? 4 : glyphs == .block ? 8 : 3 }

    /// A share of `rows` rows, in steps; what isn't zero is at least one.
    static func level(_ share: Double, rows: Int, glyphs: GlyphSet) -> Int {
        guard share > 0 else { return 0 }
        let full = rows * steps(glyphs)
        return min(full, max(1, Int((min(1, share) * Double(full)).rounded())))
    }

    /// Draws into `rect`, from its bottom up. `color` is asked once a row, counted from the bottom.
    func draw(on canvas: inout Canvas, in rect: Rect, color: (Int) -> Style) {
        guard !rect.isEmpty else { return }
        let levels = heights.map { Self.level($0, rows: rect.height, glyphs: glyphs) }
        let styles = (0..<rect.height).map(color)
        for x in 0..<rect.width {
            let above: Int =
                glyphs == .braille
                ? max(level(levels, 2 * x), level(levels, 2 * x + 1)) : level(levels, x)
            guard above > 0 else { continue }
            for row in 0..<rect.height {
                guard let scalar = scalar(levels, x: x, row: row) else { continue }
                canvas.put(scalar, x: rect.x + x, y: rect.maxY - 1 - row, style: styles[row])
            }
        }
    }

    private func level(_ levels: [Int], _ index: Int) -> Int {
        levels.indices.contains(index) ? levels[index] : 0
    }

    /// A cell's character in a bar whose levels there are `levels` (one or two), counted from the bottom row.
    static func scalar(_ levels: [Int], row: Int, glyphs: GlyphSet) -> Unicode.Scalar? {
        Columns(heights: [], glyphs: glyphs).scalar(levels, x: 0, row: row)
    }

    private func scalar(_ levels: [Int], x: Int, row: Int) -> Unicode.Scalar? {
        switch glyphs {
        case .braille:
            var grid = DotGrid(width: 1, height: 1)
            for side in 0..<2 {
                let index = 2 * x + side
                let top = level(levels, index) - row * 4
                let bottom = isLine ? lineBottom(levels, index) - row * 4 : 0
                for dot in max(0, bottom)..<max(max(0, bottom), min(4, top)) { grid.set(side, 3 - dot) }
            }
            return grid.scalar(0, 0)
        case .block, .ascii:
            let steps = Self.steps(glyphs)
            let top = level(levels, x) - row * steps
            guard top > 0, !isLine || top <= steps else { return nil }
            let eighths = glyphs == .block ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [0, 1, 4, 8]
            return glyphs.verticalBars[eighths[min(steps, top)]]
        }
    }

    /// Where a line's stroke begins in a column: as far down as its left neighbour's top.
    private func lineBottom(_ levels: [Int], _ index: Int) -> Int {
        let own = level(levels, index)
        let before = index > 0 ? level(levels, index - 1) : own
        let after = index + 1 < levels.count ? level(levels, index + 1) : own
        let neighbour = [before, after].filter { $0 > 0 && $0 < own }.min() ?? own
        return min(own - 1, neighbour)
    }
}
