import Measure
import Testing

@testable import Charts

/// Compares a drawing with its picture in the test.
func expectPicture(
    _ canvas: Canvas, _ picture: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(canvas.text == picture, "\n\(canvas.text)\n", sourceLocation: sourceLocation)
}

/// A canvas of its own for one drawing.
func drawn(_ width: Int, _ height: Int, _ draw: (inout Canvas, Rect) -> Void) -> Canvas {
    var canvas = Canvas(width: width, height: height)
    draw(&canvas, canvas.bounds)
    return canvas
}

/// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
struct SplitMix {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var mixed = seed
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}

enum Samples {
    /// A bell around `centre` nanoseconds, from half of it to one and a half.
    static func bell(_ centre: Double, count: Int = 2000, seed: UInt64 = 7) -> LogBins {
        var random = SplitMix(seed: seed)
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
