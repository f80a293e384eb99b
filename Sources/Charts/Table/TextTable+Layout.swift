import Canvas

extension TextTable {
    /// Where a column stands, from the table's left edge.
    struct PlacedColumn: Hashable {
        var index: Int
        var x: Int
        var width: Int
    }

    /// Which columns there's room for, and where.
    func layout(width: Int) -> [PlacedColumn] {
        let widths = columns.indices.map(naturalWidth)
        var kept = Array(columns.indices)
        func needed(gap: Int) -> Int { kept.reduce(0) { $0 + widths[$1] } + gap * max(0, kept.count - 1) }
        while kept.count > 1, needed(gap: leastGap) > width {
            let lowest = kept.map { columns[$0].priority }.min() ?? 0
            guard let position = kept.lastIndex(where: { columns[$0].priority == lowest }) else { break }
            kept.remove(at: position)
        }
        var gap = leastGap
        while gap < Self.wideGap, needed(gap: gap + 1) <= width { gap += 1 }
        var x = 0
        return kept.compactMap { index in
            defer { x += widths[index] + gap }
            let room = min(widths[index], width - x)
            return room > 0 ? PlacedColumn(index: index, x: x, width: room) : nil
        }
    }

    private static let wideGap = 4

    private func naturalWidth(_ index: Int) -> Int {
        let column = columns[index]
        var width = max(column.minWidth, TextWidth.columns(of: column.title))
        for row in rows + (footer.map { [$0] } ?? []) where row.indices.contains(index) {
            width = max(width, TextWidth.columns(of: row[index].text))
        }
        return max(0, min(width, column.maxWidth ?? width))
    }
}
