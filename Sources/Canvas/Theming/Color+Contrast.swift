#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Color {
    /// How well this is read on `paper`: WCAG 2.2's contrast, 1 to 21. nil where either is the terminal's own, which is
    /// its user's business.
    package func contrast(on paper: Color) -> Double? {
        guard let front = luminance, let back = paper.luminance else { return nil }
        return (max(front, back) + 0.05) / (min(front, back) + 0.05)
    }

    /// What a terminal of `depth` makes of it. The sixteen as xterm has them; of eight the brighter half is told by
    /// bold, and bold black is black on many terminals.
    package func shown(at depth: ColorDepth) -> Color {
        guard case .palette(let number)? = quantised(to: depth) else { return self }
        if depth == .ansi8, number == 8 { return Self.palette(0) }
        return Self.palette(number)
    }

    /// A mixture, where both can be mixed; nil for the terminal's own.
    func blended(towards other: Color, share: Double) -> Color? {
        guard case .rgb(let r0, let g0, let b0)? = fixed, case .rgb(let r1, let g1, let b1)? = other.fixed
        else { return nil }
        func channel(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8(clamping: Int((Double(from) + share * (Double(to) - Double(from))).rounded()))
        }
        return .rgb(channel(r0, r1), channel(g0, g1), channel(b0, b1))
    }

    /// In red, green and blue; nil for the terminal's own.
    package var fixed: Color? {
        switch self {
        case .terminal: nil
        case .ansi(let number): Self.palette(number & 15)
        case .rgb: self
        }
    }

    private var luminance: Double? {
        guard case .rgb(let r, let g, let b)? = fixed else { return nil }
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// xterm's 256.
    private static func palette(_ number: UInt8) -> Color {
        switch number {
        case ..<16: return sixteen[Int(number)]
        case ..<232:
            let place = number - 16
            func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + 40 * step }
            return .rgb(level(place / 36), level(place / 6 % 6), level(place % 6))
        default:
            let grey = 8 + 10 * (number - 232)
            return .rgb(grey, grey, grey)
        }
    }

    private static let sixteen: [Color] = [
        .rgb(0, 0, 0), .rgb(205, 0, 0), .rgb(0, 205, 0), .rgb(205, 205, 0), .rgb(0, 0, 238),
        .rgb(205, 0, 205), .rgb(0, 205, 205), .rgb(229, 229, 229), .rgb(127, 127, 127), .rgb(255, 0, 0),
        .rgb(0, 255, 0), .rgb(255, 255, 0), .rgb(92, 92, 255), .rgb(255, 0, 255), .rgb(0, 255, 255),
        .rgb(255, 255, 255),
    ]
}
