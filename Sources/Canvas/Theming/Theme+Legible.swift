/// **The contrast floor.** Of the `.theme` files that people have, most set something that one must read (table
/// headers, axis labels, the model's name) nearly in the background's own colour. So what carries text is mixed with
/// `main_fg` as far as it takes, when a theme is loaded and again for a terminal of few colours, where the nearest
/// one may be nearer to the background. What `main_fg` can't reach, black or white does.
extension Theme {
    /// WCAG 2.2: 4.5 for what must be read; 3 for what also has a sign of its own.
    static let mustBeRead = 4.5
    static let text = 3.0
    /// Lines and bars: as faint as the theme wants them, but no depth makes them vanish.
    private static let line = 1.3

    private static func floor(of role: ThemeRole) -> Double? {
        switch role {
        case .background, .selectedBackground, .selectedForeground: nil
        case .series: text
        case .cpuBox, .memoryBox, .networkBox, .processBox, .divider, .meterBackground: line
        default: mustBeRead
        }
    }

    /// With every colour as far from the background as it has to be, on a terminal of `depth`.
    func legible(at depth: ColorDepth = .trueColor) -> Theme {
        guard depth != .mono, let ground else { return self }
        let hasFew = depth == .ansi16 || depth == .ansi8
        var paints = paints
        // Of so few colours a background gets one that isn't one; the terminal's own is the same, most likely.
        let few: Color = ground == .dark ? .ansi(0) : .ansi(depth == .ansi8 ? 7 : 15)
        if hasFew, color(.background) != .terminal { paints[ThemeRole.background.key]?.color = few }
        // The terminal's own isn't made of the palette's colours.
        let isOwn = color(.background) == .terminal && !hasFew
        let scale = Scale(
            paper: isOwn ? paper : (hasFew ? few : paper).shown(at: depth), ground: ground, depth: depth)
        let foreground = scale.raised(color(.foreground), towards: [], to: Self.mustBeRead)
        for role in ThemeRole.allCases {
            guard var floor = Self.floor(of: role), let color = paints[role.key]?.color else { continue }
            if floor == Self.line { floor = scale.least(of: color, atMost: floor) }
            paints[role.key]?.color =
                role == .foreground ? foreground : scale.raised(color, towards: [foreground], to: floor)
        }
        let stops = stops.mapValues { stops in
            func raised(_ color: Color) -> Color {
                scale.raised(color, towards: [foreground], to: scale.least(of: color, atMost: Self.line))
            }
            return GradientStops(
                start: raised(stops.start), mid: stops.mid.map(raised), end: stops.end.map(raised))
        }
        let background = color(.selectedBackground)
        if background.fixed != nil {
            if hasFew {
                // Of so few the nearest may be the background's own: reversed, it's seen for sure.
                paints[ThemeRole.selectedBackground.key]?.color = .terminal
            } else {
                let row = Scale(
                    paper: background.shown(at: depth), ground: Ground(of: background), depth: depth)
                paints[ThemeRole.selectedForeground.key]?.color = row.raised(
                    color(.selectedForeground), towards: [foreground], to: Self.mustBeRead)
            }
        }
        return Theme(name: name, paints: paints, stops: stops)
    }

    /// A cell of the selected row: in its own colour, where that can be read there.
    package func selected(_ role: ThemeRole?) -> Style {
        var style = selection
        guard let role else { return style }
        let own = self.style(role)
        style.attributes.formUnion(own.attributes)
        guard let contrast = own.foreground.contrast(on: style.background), contrast >= Self.text else {
            return style
        }
        style.foreground = own.foreground
        return style
    }
}

/// What a colour is held against.
private struct Scale {
    let paper: Color
    let ground: Theme.Ground
    let depth: ColorDepth

    /// As faint as it is; but of eight colours it's one that is seen.
    func least(of color: Color, atMost floor: Double) -> Double {
        depth == .ansi8 ? floor : min(floor, color.contrast(on: paper) ?? floor)
    }

    /// The first mixture with one of `others`, then with black or white, that reaches `floor`.
    func raised(_ color: Color, towards others: [Color], to floor: Double) -> Color {
        // One of the terminal's sixteen is what its user has made of it.
        if case .ansi = color, depth != .ansi8 { return color }
        let color = fixedNumber(color)
        guard let contrast = color.shown(at: depth).contrast(on: paper), contrast < floor else {
            return color
        }
        for other in others + [ground.ink] {
            for step in 1...20 {
                guard let mixed = color.blended(towards: other, share: Double(step) / 20) else { break }
                let candidate = fixedNumber(mixed)
                if let contrast = candidate.shown(at: depth).contrast(on: paper), contrast >= floor {
                    return candidate
                }
            }
        }
        return fixedNumber(ground.ink)
    }

    /// Where there are but eight colours, which of them is decided here: they can't be mixed any more.
    private func fixedNumber(_ color: Color) -> Color {
        guard depth == .ansi8, case .palette(let number)? = color.quantised(to: depth) else { return color }
        return .ansi(number)
    }
}
