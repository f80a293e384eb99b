package import Canvas

extension Gauge {
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let known = value.flatMap { $0.isNaN ? nil : $0 }
        let left = canvas.glyphs.fit(valueText ?? Format.grouped(known))
        let right = canvas.glyphs.fit(maximumText ?? Format.grouped(maximum))
        // As much room for the value as for the maximum, so that the bar stays where it is.
        let columns = max(TextWidth.columns(of: left), TextWidth.columns(of: right))
        let hasRight = rect.width >= 2 * columns + 12
        let hasLeft = rect.width >= columns + 5
        let textOnly = !hasLeft && rect.width < 4
        if hasLeft || textOnly {
            canvas.write(
                rightAligned: left, endX: rect.x + min(columns, rect.width), y: rect.y,
                style: canvas.theme.style(.title), maxWidth: min(columns, rect.width),
                ellipsis: canvas.glyphs.ellipsis)
        }
        if hasRight {
            canvas.write(
                rightAligned: right, endX: rect.maxX, y: rect.y, style: canvas.theme.style(.graphText))
        }
        guard !textOnly else { return }
        let start = rect.x + (hasLeft ? columns + 1 : 0)
        let end = rect.maxX - (hasRight ? columns + 1 : 0)
        let bar = Rect(x: start + 1, y: rect.y, width: end - start - 2, height: 1)
        canvas.put(
            canvas.glyphs == .ascii ? "[" : "▕", x: start, y: rect.y, style: canvas.theme.style(.divider))
        canvas.put(
            canvas.glyphs == .ascii ? "]" : "▏", x: end - 1, y: rect.y, style: canvas.theme.style(.divider))
        drawBar(known, on: &canvas, in: bar)
        let below = Rect(x: bar.x, y: rect.y + 1, width: bar.width, height: rect.height - 1)
        drawBands(known, on: &canvas, in: below)
    }

    private func drawBar(
        _ value: Double?, on canvas: inout Canvas, in bar: Rect
    ) {
        guard !bar.isEmpty else { return }
        let share = value.map { position($0) } ?? 0
        let full = bar.width * 8
        let eighths = share > 0 ? max(1, Int((share * Double(full)).rounded())) : 0
        for x in 0..<bar.width {
            let part = min(8, max(0, eighths - 8 * x))
            let color = Style(canvas.theme.gradient(gradient, at: (Double(x) + 0.5) / Double(bar.width)))
            // A bar that is not zero is seen, even where a glyph set has no thinner piece than a half.
            let glyph = part > 0 && x == 0 ? max(part, canvas.glyphs == .ascii ? 2 : 1) : part
            if glyph > 0, canvas.glyphs.horizontalBars[glyph] != " " {
                canvas.put(canvas.glyphs.horizontalBars[glyph], x: bar.x + x, y: bar.y, style: color)
            } else {
                canvas.put(
                    value == nil ? canvas.glyphs.dot : canvas.glyphs.shade, x: bar.x + x, y: bar.y,
                    style: canvas.theme.style(.meterBackground))
            }
        }
        if let value, value > maximum {
            canvas.put(canvas.glyphs.right, x: bar.maxX - 1, y: bar.y, style: canvas.theme.style(.warn))
        }
    }

    /// 0…1 along the bar; safe for any value and any maximum.
    private func position(_ value: Double) -> Double {
        guard maximum > 0, maximum.isFinite, value > 0 else { return value > 0 ? 1 : 0 }
        return min(1, value / maximum)
    }

    /// `├ own-7b ┤` under the stretch it stands for, a single one also `├┤ own-7b`; those that overlap go one row down.
    private func drawBands(
        _ value: Double?, on canvas: inout Canvas, in rect: Rect
    ) {
        guard !rect.isEmpty else { return }
        var ends = Array(repeating: Int.min, count: rect.height)
        for band in bands where band.lower.isFinite && !band.upper.isNaN && band.upper > band.lower {
            guard band.lower < maximum else { continue }
            let first = min(rect.width - 1, Int((position(band.lower) * Double(rect.width)).rounded()))
            let last = max(
                first, min(rect.width, Int((position(band.upper) * Double(rect.width)).rounded())) - 1)
            guard let row = ends.firstIndex(where: { $0 < first }) else { continue }
            ends[row] = last
            let isInside = value.map { $0 >= band.lower && $0 < band.upper } ?? false
            let style = canvas.theme.style(isInside ? .highlight : .inactive)
            let y = rect.y + row
            for x in first...last {
                let edge: Unicode.Scalar? = x == first ? "├" : x == last && band.upper <= maximum ? "┤" : nil
                canvas.put(canvas.glyphs.fold(edge ?? "─"), x: rect.x + x, y: y, style: style)
            }
            let room = last - first - 1
            let name = canvas.glyphs.fit(band.name)
            if bands.count == 1, TextWidth.columns(of: name) > room,
                last + 2 + TextWidth.columns(of: name) <= rect.width
            {
                canvas.write(name, x: rect.x + last + 2, y: y, style: style)
                continue
            }
            let columns = min(room, TextWidth.columns(of: name))
            guard columns >= min(2, TextWidth.columns(of: name)), columns > 0 else { continue }
            canvas.write(
                name, x: rect.x + first + 1 + (room - columns) / 2, y: y, style: style, maxWidth: columns,
                ellipsis: canvas.glyphs.ellipsis)
        }
    }
}
