package import Canvas

/// A header and rows of text, in columns that are dropped one by one when there's no room for them all.
package struct TextTable: Hashable, Sendable {
    package var columns: [TableColumn]
    /// Missing cells are blank, surplus ones are passed over.
    package var rows: [[TableCell]]
    package var selected: Int?
    /// The first row shown; moved as far as needed to keep the selected row in sight.
    package var offset: Int
    /// Shown in place of rows when there are none.
    package var emptyText: String
    /// On the last line, whatever rows are in sight.
    package var footer: [TableCell]?
    /// Blank columns between two others, where there's no room for more.
    package var leastGap: Int

    package init(
        columns: [TableColumn], rows: [[TableCell]], selected: Int? = nil, offset: Int = 0,
        emptyText: String = "", footer: [TableCell]? = nil, leastGap: Int = 2
    ) {
        self.columns = columns
        self.rows = rows
        self.selected = selected
        self.offset = offset
        self.emptyText = emptyText
        self.footer = footer
        self.leastGap = leastGap
    }

    /// Draws it and returns which rows can be seen.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> Range<Int> {
        guard !rect.isEmpty else { return 0..<0 }
        let placed = layout(width: rect.width)
        drawHeader(placed, on: &canvas, in: rect)
        // A footer is the first to go.
        let footerLines = footer != nil && rect.height > 2 ? 1 : 0
        let seen = visible(height: rect.height - 1 - footerLines)
        for row in seen {
            let y = rect.y + 1 + row - seen.lowerBound
            drawRow(rows[row], isSelected: row == selected, placed, on: &canvas, rect: rect, y: y)
        }
        if rows.isEmpty, rect.height > 1 {
            canvas.write(
                canvas.glyphs.fit(emptyText), x: rect.x, y: rect.y + 1, style: canvas.theme.style(.inactive),
                maxWidth: rect.width, ellipsis: canvas.glyphs.ellipsis)
        }
        if let footer, footerLines > 0 {
            let y = min(rect.maxY - 1, rect.y + 1 + max(1, seen.count))
            drawRow(footer, isSelected: false, placed, on: &canvas, rect: rect, y: y)
        }
        return seen
    }

    /// The rows that `height` lines show.
    func visible(height: Int) -> Range<Int> {
        guard height > 0, !rows.isEmpty else { return 0..<0 }
        var first = min(max(0, offset), max(0, rows.count - height))
        if let selected, rows.indices.contains(selected) {
            first = max(min(first, selected), selected - height + 1)
        }
        return first..<min(rows.count, first + height)
    }

    private func drawHeader(
        _ placed: [PlacedColumn], on canvas: inout Canvas, in rect: Rect
    ) {
        for column in placed {
            write(
                columns[column.index].title, column, on: &canvas, x: rect.x, y: rect.y,
                style: canvas.theme.style(.inactive))
        }
    }

    private func drawRow(
        _ cells: [TableCell], isSelected: Bool, _ placed: [PlacedColumn], on canvas: inout Canvas, rect: Rect,
        y: Int
    ) {
        if isSelected {
            canvas.fill(
                Rect(x: rect.x, y: y, width: rect.width, height: 1), Cell(" ", canvas.theme.selection))
        }
        for column in placed where cells.indices.contains(column.index) {
            let cell = cells[column.index]
            var style =
                isSelected
                ? canvas.theme.selected(cell.role) : canvas.theme.style(cell.role ?? .foreground)
            style.attributes.formUnion(cell.attributes)
            write(cell.text, column, on: &canvas, x: rect.x, y: y, style: style)
        }
    }

    private func write(
        _ text: String, _ column: PlacedColumn, on canvas: inout Canvas, x: Int, y: Int, style: Style
    ) {
        let text = canvas.glyphs.fit(text)
        let spare = max(0, column.width - TextWidth.columns(of: text))
        let shift =
            switch columns[column.index].alignment {
            case .left: 0
            case .center: spare / 2
            case .right: spare
            }
        canvas.write(
            text, x: x + column.x + shift, y: y, style: style, maxWidth: column.width,
            ellipsis: canvas.glyphs.ellipsis)
    }
}
