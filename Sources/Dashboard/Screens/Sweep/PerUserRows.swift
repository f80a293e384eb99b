import Canvas
import Charts

/// The speed that one user sees against somebody's claim. It takes no figure's place: a gauge with the band under it where
/// there are rows to spare, else words in the panel's title, else in the message line.
enum PerUserRows {
    enum Place { case gauge, title, messageLine }

    /// Rows of the history that stay below a gauge.
    private static let rowsLeft = 5
    private static let titleFrom = 41

    /// - Parameter rect: the whole panel.
    static func place(in rect: Rect?) -> Place {
        guard let rect else { return .messageLine }
        if rect.height >= 2 + 2 + 2 + rowsLeft, rect.width >= 36 { return .gauge }
        return rect.width >= titleFrom ? .title : .messageLine
    }

    /// Two rows: from nothing to twice the claim, whose ends are named.
    static func draw(
        _ band: ReferenceBand, speed: Double?, _ scene: Scene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard rect.height >= 2 else { return }
        let claim = band.perUser
        let most = Format.count(2 * claim.upperBound)
        Gauge(
            value: speed, maximum: 2 * claim.upperBound,
            bands: [GaugeBand("\(band.name) \(band.perUserText)", claim.lowerBound, claim.upperBound)],
            valueText: Format.count(speed).padded(to: 5), maximumText: most
        ).draw(on: &canvas, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: 2))
        canvas.write("claim", x: rect.x, y: rect.y + 1, style: scene.style(.inactive), maxWidth: rect.width)
    }

    static func words(_ band: ReferenceBand) -> String { "claim \(band.perUserText)" }
}
