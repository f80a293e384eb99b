import Canvas

/// Where the parts of a histogram lie in its rectangle.
struct HistogramLayout {
    /// Everything above the axis.
    let plot: Rect
    /// The plot without the row at its top that markers' names have to themselves, when there is one.
    let bars: Rect
    /// The row of the axis's line, and of its labels.
    let axisY: Int?
    let labelY: Int?
    /// The columns of the overflow bins.
    let belowX: Int?
    let aboveX: Int?
    /// The columns at the left that the axis of counts has; 0 without one.
    let countColumns: Int

    init(_ rect: Rect, hasNames: Bool, hasCounts: Bool = false) {
        countColumns = hasCounts && rect.width >= 40 && rect.height >= 6 ? 6 : 0
        labelY = rect.height >= 2 ? rect.maxY - 1 : nil
        axisY = rect.height >= 4 ? rect.maxY - 2 : nil
        let height = rect.height - (labelY == nil ? 0 : 1) - (axisY == nil ? 0 : 1)
        // A bin and a gap beside the bars; always there, so that nothing moves when the first one falls in.
        let left = rect.width >= 24 ? 2 : 0
        let right = rect.width >= 12 ? 2 : 0
        belowX = left > 0 ? rect.x + countColumns : nil
        aboveX = right > 0 ? rect.maxX - 1 : nil
        plot = Rect(
            x: rect.x + countColumns + left, y: rect.y, width: rect.width - countColumns - left - right,
            height: height)
        let head = hasNames && height >= 4 ? 1 : 0
        bars = Rect(x: plot.x, y: plot.y + head, width: plot.width, height: height - head)
    }
}
