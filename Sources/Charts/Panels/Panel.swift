package import Canvas

/// A box with its title on the upper line.
package struct Panel: Hashable, Sendable {
    package var title: String
    /// On the upper line too, at the right; gives way first.
    package var rightTitle: String?
    /// The key that maximises it, 1 to 9.
    package var digit: Int?
    /// The colour of the frame.
    package var role: ThemeRole
    /// Drawn with its frame in the highlight colour.
    package var isFocused: Bool

    package init(
        _ title: String, right rightTitle: String? = nil, digit: Int? = nil, role: ThemeRole = .divider,
        isFocused: Bool = false
    ) {
        self.title = title
        self.rightTitle = rightTitle
        self.digit = digit
        self.role = role
        self.isFocused = isFocused
    }

    /// Draws the frame and returns the room inside it, empty when `rect` is too small for any.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> Rect {
        guard rect.width >= 2, rect.height >= 2 else {
            return Rect(x: rect.x, y: rect.y, width: 0, height: 0)
        }
        canvas.frame(rect, style: canvas.theme.style(isFocused ? .highlight : role))
        drawTitles(on: &canvas, in: rect)
        return rect.inset()
    }

    /// `╭─ ¹title ───── right ─╮`
    private func drawTitles(on canvas: inout Canvas, in rect: Rect) {
        let titleColumns = TextWidth.columns(of: title)
        // A raised digit stands apart from the title by itself.
        let digitColumns = digit == nil ? 0 : canvas.glyphs == .ascii ? 2 : 1
        // Two columns of frame and one blank at either side.
        let room = rect.width - 6
        guard titleColumns + digitColumns > 0, room >= digitColumns + min(titleColumns, 3) else { return }
        var x = rect.x + 2
        canvas.put(" ", x: x, y: rect.y)
        x += 1
        if let digit {
            canvas.put(canvas.glyphs.digit(digit), x: x, y: rect.y, style: canvas.theme.style(.highlight))
            if digitColumns > 1 { canvas.put(" ", x: x + 1, y: rect.y) }
            x += digitColumns
        }
        x += canvas.write(
            canvas.glyphs.fit(title), x: x, y: rect.y, style: canvas.theme.style(.title),
            maxWidth: room - digitColumns,
            ellipsis: canvas.glyphs.ellipsis)
        canvas.put(" ", x: x, y: rect.y)
        guard let rightTitle else { return }
        let columns = TextWidth.columns(of: rightTitle)
        let start = rect.maxX - 3 - columns
        guard columns > 0, start > x + 1 else { return }
        canvas.put(" ", x: start - 1, y: rect.y)
        canvas.write(
            canvas.glyphs.fit(rightTitle), x: start, y: rect.y, style: canvas.theme.style(.graphText))
        canvas.put(" ", x: start + columns, y: rect.y)
    }
}
