/// The colours of the screen, read from btop's `.theme` format.
///
/// Beyond btop's keys a theme may have `series_1` … `series_8` (endpoints), `state_good|warn|bad`,
/// `chart_budget|ceiling|live|load_line`, and the gradients `chart_latency_start|mid|end` and
/// `chart_throughput_start|mid|end`. btop passes over them; where they are missing they follow from the
/// theme's own gradients.
package struct Theme: Hashable, Sendable {
    package let name: String
    let paints: [String: ThemePaint]
    let stops: [ThemeGradient: GradientStops]

    init(name: String, paints: [String: ThemePaint], stops: [ThemeGradient: GradientStops]) {
        self.name = name
        self.paints = paints
        self.stops = stops
    }

    /// The colour for `role`; `.terminal` when the theme leaves it to the terminal.
    package func color(_ role: ThemeRole) -> Color { paint(role).color }

    /// The colour and the attributes for `role`, on the background that is already there. Roles that say
    /// how something stands (`title`, `bad`) carry attributes too, so that hue alone tells nothing.
    package func style(_ role: ThemeRole) -> Style {
        let paint = paint(role)
        return Style(paint.color, on: .terminal, paint.attributes)
    }

    /// The selected row: `selected_fg` on `selected_bg`, reversed in themes that have no such background.
    package var selection: Style {
        let foreground = paint(.selectedForeground)
        let background = color(.selectedBackground)
        guard background == .terminal else {
            return Style(foreground.color, on: background, foreground.attributes)
        }
        return Style(.terminal, on: .terminal, foreground.attributes.union(.reverse))
    }

    /// One of the gradient's 101 steps; `fraction` is clamped to 0…1, NaN counts as 0.
    package func gradient(_ gradient: ThemeGradient, at fraction: Double) -> Color {
        stops[gradient]?.color(at: fraction) ?? .terminal
    }

    func paint(_ role: ThemeRole) -> ThemePaint {
        paints[role.key] ?? ThemePaint(color: .terminal)
    }

    /// Reads a `.theme` file's text. What's missing in it comes from its siblings or from `standard`.
    ///
    /// - Throws: a line that says which line of it is none of a theme's.
    package init(parsing text: String, name: String) throws(ThemeError) {
        let document = try ThemeDocument(text, source: name)
        self.init(document, name: name, base: .standard)
    }

    /// As a terminal of `depth` colours can show it: legible in what it has, and in `mono` everything is told by
    /// attributes.
    package func adapted(to depth: ColorDepth) -> Theme {
        guard depth == .mono else { return legible(at: depth) }
        return Theme(name: name, paints: Self.mono.paints, stops: [:])
    }
}
