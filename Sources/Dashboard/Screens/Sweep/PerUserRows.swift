import Canvas
import Charts

/// The speed that one user sees against somebody's claim: a gauge with the band under it, or a line of text
/// where there's no room for two.
enum PerUserRows {
    /// Returns the rows that it took.
    static func draw(
        _ band: ReferenceBand, speed: Double?, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) -> Int {
        guard rect.height > 0 else { return 0 }
        guard rect.height >= 5, rect.width >= 30 else {
            text(band, scene, on: &canvas, in: rect)
            return 1
        }
        // The band in the middle and never further than twice the claim, so that it stays where it is.
        let claim = band.perUser
        Gauge(
            value: speed, maximum: 2 * claim.upperBound,
            bands: [GaugeBand(band.name, claim.lowerBound, claim.upperBound)],
            valueText: Format.count(speed).padded(to: 5), maximumText: "a user"
        ).draw(
            on: &canvas, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: 2))
        canvas.write(
            "claim", x: rect.x, y: rect.y + 1, style: scene.style(.inactive), maxWidth: rect.width)
        return 2
    }

    private static func text(
        _ band: ReferenceBand, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        let text = "claim \(band.rawValue): \(band.perUserText) a user"
        let line = SegmentLine(left: [
            Segment(text, short: "\(band.rawValue) \(band.perUserText)", role: .inactive, priority: 1)
        ])
        scene.draw(line, on: &canvas, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: 1))
    }
}
