/// A gradient as a theme file has it. (btop's rules: `generateGradients` in btop_theme.cpp.)
struct GradientStops: Hashable, Sendable {
    var start: Color
    /// nil: two stops only.
    var mid: Color?
    /// nil: `start` all the way, whatever `mid` is.
    var end: Color?

    /// Step 0 to 100 of 101.
    func color(at fraction: Double) -> Color {
        let step = fraction.isNaN ? 0 : Int((min(1, max(0, fraction)) * 100).rounded())
        guard let end else { return start }
        guard case .rgb(let r0, let g0, let b0) = start, case .rgb(let r2, let g2, let b2) = end else {
            return stepped(step, end: end)
        }
        guard let mid else {
            return Self.between((r0, g0, b0), (r2, g2, b2), step: step, of: 100)
        }
        guard case .rgb(let r1, let g1, let b1) = mid else { return stepped(step, end: end) }
        return step <= 50
            ? Self.between((r0, g0, b0), (r1, g1, b1), step: step, of: 50)
            : Self.between((r1, g1, b1), (r2, g2, b2), step: step - 50, of: 50)
    }

    /// The terminal's own colours can't be mixed: equal stretches of each.
    private func stepped(_ step: Int, end: Color) -> Color {
        let colors = [start, mid, end].compactMap(\.self)
        return colors[min(colors.count - 1, step * colors.count / 101)]
    }

    private typealias Triple = (UInt8, UInt8, UInt8)

    private static func between(_ from: Triple, _ to: Triple, step: Int, of steps: Int) -> Color {
        func channel(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(clamping: Int(a) + step * (Int(b) - Int(a)) / steps)
        }
        return .rgb(channel(from.0, to.0), channel(from.1, to.1), channel(from.2, to.2))
    }
}
