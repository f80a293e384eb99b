extension Theme {
    /// What a theme is made to be read on.
    package enum Ground: Hashable, Sendable {
        case dark, light

        /// Of a terminal's background, as it says it.
        package init(of background: Color) {
            let onWhite = background.contrast(on: .rgb(255, 255, 255)) ?? 21
            let onBlack = background.contrast(on: .rgb(0, 0, 0)) ?? 1
            self = onWhite >= onBlack ? .dark : .light
        }

        /// The hardest to read on that is usual: not quite black, not quite white.
        var paper: Color { self == .dark ? .rgb(0x18, 0x1A, 0x1F) : .rgb(0xFA, 0xFA, 0xFA) }

        /// The farthest from it.
        var ink: Color { self == .dark ? .rgb(255, 255, 255) : .rgb(0, 0, 0) }
    }

    /// nil for one that leaves its text to the terminal, and so fits every background.
    package var ground: Ground? {
        if color(.background) != .terminal { return Ground(of: color(.background)) }
        let ink = color(.foreground)
        guard let onDark = ink.contrast(on: Ground.dark.paper),
            let onLight = ink.contrast(on: Ground.light.paper)
        else { return nil }
        return onDark >= onLight ? .dark : .light
    }

    /// What it's drawn on where no terminal says so: its own background, else one that it's made for.
    package var paper: Color { color(.background).fixed ?? (ground ?? .dark).paper }

    /// Whether it can be read on a terminal with such a background as it is.
    package func suits(_ terminal: Ground) -> Bool {
        color(.background) != .terminal || (ground ?? terminal) == terminal
    }

    /// For a terminal whose background it isn't made for: on a background of its own.
    package var painted: Theme {
        var paints = paints
        paints[ThemeRole.background.key] = ThemePaint(color: paper)
        return Theme(name: name, paints: paints, stops: stops)
    }
}
