import Canvas

/// One line of segments, some at the left and some at the right, fitted to its width.
struct SegmentLine {
    var left: [Segment]
    var right: [Segment]
    /// Blank columns between segments.
    var gap: Int

    init(left: [Segment], right: [Segment] = [], gap: Int = 2) {
        self.left = left.filter { !$0.text.isEmpty }
        self.right = right.filter { !$0.text.isEmpty }
        self.gap = gap
    }

    /// What's left of it in `width` columns. What was shortened and fits after all, since something longer gave way
    /// later, is as it was: the most important first.
    func fitted(to width: Int) -> SegmentLine {
        var line = self
        while line.columns > width, let victim = line.victim {
            line.shorten(victim)
        }
        for side in [\SegmentLine.left, \.right] {
            let byPriority = line[keyPath: side].indices.sorted {
                line[keyPath: side][$0].priority > line[keyPath: side][$1].priority
            }
            for index in byPriority {
                guard let long = line[keyPath: side][index].long else { continue }
                var longer = line
                longer[keyPath: side][index].text = long
                if longer.columns <= width { line = longer }
            }
        }
        return line
    }

    func draw(on canvas: inout Canvas, x: Int, y: Int, width: Int) {
        guard width > 0 else { return }
        let line = fitted(to: width)
        let rightColumns = Self.columns(line.right, gap: gap)
        Self.draw(
            line.right, on: &canvas, x: max(x, x + width - rightColumns), y: y, end: x + width, gap: gap)
        let room = line.right.isEmpty ? width : max(0, width - rightColumns - gap)
        Self.draw(line.left, on: &canvas, x: x, y: y, end: x + room, gap: gap)
    }

    private var columns: Int {
        let sides = [left, right].filter { !$0.isEmpty }.map { Self.columns($0, gap: gap) }
        return sides.reduce(0, +) + (sides.count > 1 ? gap : 0)
    }

    private static func columns(_ segments: [Segment], gap: Int) -> Int {
        segments.reduce(0) { $0 + TextWidth.columns(of: $1.text) } + gap * max(0, segments.count - 1)
    }

    private static func draw(
        _ segments: [Segment], on canvas: inout Canvas, x: Int, y: Int, end: Int, gap: Int
    ) {
        var x = x
        for segment in segments where x < end {
            var style = canvas.theme.style(segment.role)
            style.attributes.formUnion(segment.attributes)
            x += canvas.write(
                segment.text, x: x, y: y, style: style, maxWidth: end - x,
                ellipsis: canvas.glyphs.ellipsis)
            x += gap
        }
    }

    /// Which segment gives way next: its place in `left`, or after that in `right`. The last one stays, to
    /// be cut as it's written.
    private var victim: Int? {
        let all = left + right
        let lowest = all.map(\.turn).min()
        guard let index = all.lastIndex(where: { $0.turn == lowest }) else { return nil }
        return all.count > 1 || all[index].short != nil ? index : nil
    }

    private mutating func shorten(_ index: Int) {
        if index < left.count {
            if let short = left[index].short { left[index].use(short) } else { left.remove(at: index) }
        } else {
            let index = index - left.count
            if let short = right[index].short { right[index].use(short) } else { right.remove(at: index) }
        }
    }
}

extension Segment {
    fileprivate mutating func use(_ short: String) {
        long = text
        text = short
        self.short = nil
    }
}
