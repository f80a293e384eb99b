import Canvas

/// Where the parts of a heat map lie, and which buckets share a row.
struct HeatLayout {
    let plot: Rect
    let axisY: Int?
    let labelColumns: Int
    /// The columns that there's room for: the newest ones of time, the first ones of names.
    let columns: [HeatMap.Column?]
    /// The buckets of each row, from the lowest.
    let bands: [Range<Int>]
    private let bounds: [Double]
    private let columnWidth: Int
    private let start: Int
    private let rowHeight: Int

    init(_ map: HeatMap, rows: Range<Int>, in rect: Rect) {
        axisY = rect.height >= 3 ? rect.maxY - 1 : nil
        labelColumns = rect.width - HeatMap.plotColumns(in: rect)
        plot = Rect(
            x: rect.x + labelColumns, y: rect.y, width: rect.width - labelColumns,
            height: rect.height - (axisY == nil ? 0 : 1))
        bounds = map.bounds
        let height = max(1, plot.height)
        let count = min(rows.count, height)
        bands = (0..<count).map { band in
            rows.lowerBound + rows.count * band / count..<rows.lowerBound + rows.count * (band + 1) / count
        }
        rowHeight = max(1, height / max(1, count))
        switch map.axis {
        case .time:
            columns = Array(map.columns.suffix(plot.width))
            columnWidth = 1
            start = plot.maxX - columns.count
        case .names:
            columns = Array(map.columns.prefix(plot.width))
            columnWidth = max(1, min(16, plot.width / max(1, columns.count)))
            start = plot.x
        }
    }

    func cells(of column: Int) -> Range<Int> {
        let x = start + column * columnWidth
        // A blank between two of them, where they have room.
        return x..<x + (columnWidth > 3 ? columnWidth - 1 : columnWidth)
    }

    /// A row's lines on the canvas: the lowest stands at the bottom.
    func lines(ofRow row: Int) -> Range<Int> {
        plot.maxY - (row + 1) * rowHeight..<plot.maxY - row * rowHeight
    }

    /// The one in the middle.
    func y(ofRow row: Int) -> Int { lines(ofRow: row).lowerBound + rowHeight / 2 }

    /// Of all buckets that share a row.
    func counts(_ counts: [Double]) -> [Double] {
        var result = bands.map { band in
            band.reduce(0.0) { sum, bucket in
                let count = counts.at(bucket) ?? 0
                return count.isFinite && count > 0 ? sum + count : sum
            }
        }
        // What lies beyond the rows is counted in the outermost: nothing is left out.
        guard let first = bands.first?.lowerBound, let last = bands.last?.upperBound, !result.isEmpty else {
            return result
        }
        for (bucket, count) in counts.enumerated() where count.isFinite && count > 0 {
            if bucket < first { result[0] += count }
            if bucket >= last { result[result.count - 1] += count }
        }
        return result
    }

    /// nil for a value that lies in none of the rows shown.
    func row(of value: Double) -> Int? {
        guard !value.isNaN, value > 0, let bucket = bounds.firstIndex(where: { value <= $0 }) else {
            return nil
        }
        return bands.firstIndex { $0.contains(bucket) }
    }
}
