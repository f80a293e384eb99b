import Measure
import Testing

@testable import Canvas
@testable import Charts

/// Compares a drawing with its picture in the test.
func expectPicture(
    _ canvas: Canvas, _ picture: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(canvas.text == picture, "\n\(canvas.text)\n", sourceLocation: sourceLocation)
}

/// A canvas of its own for one drawing.
func drawn(
    _ width: Int, _ height: Int, _ glyphs: GlyphSet = .block, _ draw: (inout Canvas, Rect) -> Void
) -> Canvas {
    var canvas = Canvas(width: width, height: height, glyphs: glyphs)
    draw(&canvas, canvas.bounds)
    return canvas
}

enum Samples {
    /// A bell around `centre` nanoseconds, from half of it to one and a half.
    static func bell(_ centre: Double, count: Int = 2000, seed: UInt64 = 7) -> LogBins {
        var random = SplitMix64(seed: seed)
        var bins = LogBins()
        for _ in 0..<count {
            let sum = random.unit() + random.unit() + random.unit() + random.unit()
            bins.add(Nanoseconds(centre * (0.5 + sum / 4)))
        }
        return bins
    }

    /// Eight levels of a server whose plateau is 8,000 tokens/s.
    static let points: [CurvePoint] = [1, 2, 4, 8, 16, 32, 64, 128].map { users in
        let tokens = 8000 * Double(users) / (Double(users) + 24)
        return CurvePoint(
            x: tokens, xHalfWidth: tokens * 0.02, y: (0.9 + Double(users) * 0.02) * 1e9, label: "\(users)")
    }
}
