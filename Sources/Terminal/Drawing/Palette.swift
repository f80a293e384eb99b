import Canvas

/// Colours as the terminal's numbers. Remembers what it has worked out: a screen has few colours.
struct Palette {
    let depth: ColorDepth
    /// Terminfo's `colors`.
    let count: Int
    private var known: [Color: (number: Int32, isBright: Bool)] = [:]

    init(depth: ColorDepth, count: Int) {
        self.depth = depth
        self.count = count
    }

    /// The number of a colour, -1 for the terminal's own. `isBright` when it is one of the upper eight of
    /// sixteen on a terminal that has but eight, which shows them by bold.
    mutating func number(of color: Color) -> (number: Int32, isBright: Bool) {
        if color == .terminal || depth == .mono { return (-1, false) }
        if let found = known[color] { return found }
        let found = resolve(color)
        // A theme's gradients come to a few hundred; this is for whoever draws rainbows.
        if known.count > 4096 { known.removeAll(keepingCapacity: true) }
        known[color] = found
        return found
    }

    private func resolve(_ color: Color) -> (number: Int32, isBright: Bool) {
        switch color.quantised(to: depth) {
        case nil, .terminal: return (-1, false)
        case .rgb(let red, let green, let blue):
            return (Int32(red) << 16 | Int32(green) << 8 | Int32(blue), false)
        case .palette(let number):
            let number = Int(number)
            if number < count { return (Int32(number), false) }
            if number < 16, count >= 8 { return (Int32(number - 8), true) }
            return (-1, false)
        }
    }
}
