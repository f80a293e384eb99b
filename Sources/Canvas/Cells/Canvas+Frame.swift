extension Canvas {
    /// A box along the inside of `rect`'s edge; nothing when that has fewer than two rows or columns.
    package mutating func frame(_ rect: Rect, style: Style = .plain) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let box = glyphs.box
        let right = rect.maxX - 1
        let bottom = rect.maxY - 1
        for x in max(0, rect.x + 1)..<max(max(0, rect.x + 1), min(width, right)) {
            put(box.horizontal, x: x, y: rect.y, style: style)
            put(box.horizontal, x: x, y: bottom, style: style)
        }
        for y in max(0, rect.y + 1)..<max(max(0, rect.y + 1), min(height, bottom)) {
            put(box.vertical, x: rect.x, y: y, style: style)
            put(box.vertical, x: right, y: y, style: style)
        }
        put(box.topLeft, x: rect.x, y: rect.y, style: style)
        put(box.topRight, x: right, y: rect.y, style: style)
        put(box.bottomLeft, x: rect.x, y: bottom, style: style)
        put(box.bottomRight, x: right, y: bottom, style: style)
    }
}
