extension Color {
    /// The nearest that a terminal of `depth` has; nil in mono, where only attributes tell.
    ///
    /// To 256: the grey ramp where r, g and b round alike, else the 6×6×6 cube, by the cube's real levels.
    package func quantised(to depth: ColorDepth) -> ColorIndex? {
        guard depth != .mono else { return nil }
        switch self {
        case .terminal: return .terminal
        case .ansi(let number): return .palette(number & 15)
        case .rgb(let r, let g, let b):
            switch depth {
            case .trueColor: return .rgb(r, g, b)
            case .ansi256: return .palette(Self.cube(r, g, b))
            case .ansi16, .ansi8, .mono: return .palette(Self.nearest16(r, g, b))
            }
        }
    }

    private static func cube(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> UInt8 {
        func grey(_ value: UInt8) -> UInt8 { (value &+ 5 < value) ? 23 : (value + 5) / 11 }
        if grey(r) == grey(g), grey(g) == grey(b) { return 232 + grey(r) }
        // The cube's levels are 0, 95, 135, 175, 215 and 255; the limits lie half-way.
        func level(_ value: UInt8) -> UInt8 { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
        return 16 + 36 * level(r) + 6 * level(g) + level(b)
    }

    /// Hue first: of colours that mean something, their being red or green must be left, and the nearest by
    /// distance is a grey for every pale one. Without much of a hue, or too dark to show one: a grey.
    private static func nearest16(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> UInt8 {
        let (red, green, blue) = (Double(r), Double(g), Double(b))
        let (most, least) = (max(red, green, blue), min(red, green, blue))
        let range = most - least
        guard most >= 64, range >= 0.25 * most else {
            switch (red + green + blue) / 3 {
            case ..<48: return 0
            case ..<160: return 8
            case ..<240: return 7
            default: return 15
            }
        }
        let sector: Double =
            switch most {
            case red: (green - blue) / range
            case green: 2 + (blue - red) / range
            default: 4 + (red - green) / range
            }
        // Red, yellow, green, cyan, blue and magenta, a sixth of the circle each.
        let hues: [UInt8] = [1, 3, 2, 6, 4, 5]
        let hue = hues[(Int(sector.rounded()) + 6) % 6]
        return most >= 170 ? hue + 8 : hue
    }

    /// How different two colours look: the square of the weighted distance known as "redmean"
    /// (T. Riemersma, *Colour metric*, compuphase.com). 0 when equal; at most about 765².
    func distance(to other: Color) -> Int {
        guard case .rgb(let r0, let g0, let b0) = self, case .rgb(let r1, let g1, let b1) = other else {
            return self == other ? 0 : 765 * 765
        }
        let mean = (Int(r0) + Int(r1)) / 2
        let (r, g, b) = (Int(r0) - Int(r1), Int(g0) - Int(g1), Int(b0) - Int(b1))
        return (512 + mean) * r * r / 256 + 4 * g * g + (767 - mean) * b * b / 256
    }
}
