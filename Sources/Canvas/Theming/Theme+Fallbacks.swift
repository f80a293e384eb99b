extension Theme {
    /// Fills what `document` leaves open: from siblings as btop does, else from `base`.
    init(_ document: ThemeDocument, name: String, base: Theme?) {
        func given(_ key: String) -> ThemePaint? { document.values[key] ?? nil }
        var stops: [ThemeGradient: GradientStops] = [:]
        for gradient in ThemeGradient.allCases {
            guard let start = given("\(gradient.rawValue)_start") else { continue }
            stops[gradient] = GradientStops(
                start: start.color, mid: given("\(gradient.rawValue)_mid")?.color,
                end: given("\(gradient.rawValue)_end")?.color)
        }
        let siblings: [(ThemeGradient, ThemeGradient)] = [
            (.process, .cpu), (.latency, .cpu), (.throughput, .download),
        ]
        for (gradient, sibling) in siblings where stops[gradient] == nil { stops[gradient] = stops[sibling] }
        for gradient in ThemeGradient.allCases where stops[gradient] == nil {
            stops[gradient] = base?.stops[gradient] ?? GradientStops(start: .terminal)
        }

        func gradient(_ gradient: ThemeGradient, _ fraction: Double) -> ThemePaint {
            ThemePaint(color: stops[gradient]?.color(at: fraction) ?? .terminal)
        }
        var paints: [String: ThemePaint] = [:]
        func fill(_ role: ThemeRole, _ fallback: ThemePaint?) {
            paints[role.key] = given(role.key) ?? fallback ?? ThemePaint(color: .terminal)
        }
        fill(.background, ThemePaint(color: .terminal))
        let btop: [ThemeRole] = [
            .foreground, .title, .highlight, .selectedBackground, .selectedForeground, .inactive,
            .miscellaneous, .cpuBox, .memoryBox, .networkBox, .processBox, .divider,
        ]
        for role in btop { fill(role, base?.paint(role)) }
        fill(.graphText, paints[ThemeRole.inactive.key])
        fill(.meterBackground, paints[ThemeRole.inactive.key])
        fill(.good, gradient(.cpu, 0))
        fill(.warn, gradient(.cpu, 0.5))
        fill(.bad, gradient(.cpu, 1))
        fill(.budget, paints[ThemeRole.bad.key])
        fill(.ceiling, paints[ThemeRole.graphText.key])
        fill(.live, paints[ThemeRole.title.key])
        fill(.loadLine, paints[ThemeRole.good.key])
        let spread = Self.distinct([
            gradient(.download, 1), gradient(.upload, 1), gradient(.free, 1), gradient(.temperature, 1),
            gradient(.cached, 1), gradient(.available, 1), gradient(.used, 1), gradient(.cpu, 0),
            gradient(.cpu, 0.5), gradient(.cpu, 1), gradient(.download, 0), gradient(.upload, 0),
            gradient(.free, 0), gradient(.temperature, 0), gradient(.cached, 0),
        ])
        for index in 0..<8 { fill(.series(index), spread[index % spread.count]) }
        // Titles and what's bad never stand out by colour alone.
        paints[ThemeRole.title.key]?.attributes.insert(.bold)
        paints[ThemeRole.live.key]?.attributes.insert(.bold)
        paints[ThemeRole.bad.key]?.attributes.insert(.bold)
        self = Theme(name: name, paints: paints, stops: stops).legible()
    }

    /// Those of `candidates` that differ well enough from the ones before them; never none.
    private static func distinct(_ candidates: [ThemePaint]) -> [ThemePaint] {
        var result: [ThemePaint] = []
        for candidate in candidates
        where result.allSatisfy({ $0.color.distance(to: candidate.color) > 60 * 60 }) {
            result.append(candidate)
        }
        return result.isEmpty ? [ThemePaint(color: .terminal)] : result
    }
}
