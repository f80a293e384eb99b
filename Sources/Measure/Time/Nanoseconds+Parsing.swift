extension Nanoseconds {
    /// The longest span that is taken: a week.
    private static let longestParsed = 7.0 * 24 * 3600

    /// `20s`, `500ms`, `2m`, `1.5h`, as options give it; nil for anything else, and for spans that aren't above 0 or
    /// are longer than a week.
    package init?(parsing text: String) {
        let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.0.count)), number.isFinite, number > 0,
            number * unit.1 <= Self.longestParsed
        else { return nil }
        self = .seconds(number * unit.1)
    }
}
