/// A theme file taken apart: which known key has which value. Knows nothing of fall-backs.
struct ThemeDocument {
    /// nil: the key stands there with an empty value, which means something for a gradient's middle and end.
    private(set) var values: [String: ThemePaint?] = [:]

    /// No theme is longer; a disk image is.
    static let largest = 256 * 1024

    init(_ text: String, source: String) throws(ThemeError) {
        guard text.utf8.count <= Self.largest else {
            throw ThemeError(
                source: source, problem: "\(text.utf8.count) bytes is no theme; a theme is a few kilobytes")
        }
        var hasEntry = false
        var number = 0
        // Swift takes \r\n for one character, which `isNewline` knows.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if line.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) {
                throw ThemeError(
                    source: source, line: number,
                    problem: "control characters: this is no text file; \(Self.shape)")
            }
            let trimmed = line.trimmingBlanks()
            guard trimmed.hasPrefix("theme") else { continue }
            let (key, value) = try Self.entry(trimmed, source: source, line: number)
            hasEntry = true
            guard Self.known.contains(key) else { continue }
            guard !value.isEmpty else {
                values[key] = .some(nil)
                continue
            }
            guard let paint = ThemePaint(parsing: value) else {
                throw ThemeError(
                    source: source, line: number,
                    problem: "\"\(Harmless.text(value, limit: 40))\" is no colour for \(key); "
                        + ThemePaint.forms)
            }
            values[key] = paint
        }
        guard hasEntry else {
            throw ThemeError(source: source, problem: "no theme[...] line in it; \(Self.shape)")
        }
    }

    private static let shape = "a theme has lines such as theme[main_fg]=\"#c8d3de\""

    static let known: Set<String> = {
        var keys = Set(ThemeRole.allCases.map(\.key))
        for gradient in ThemeGradient.allCases {
            for stop in ["start", "mid", "end"] { keys.insert("\(gradient.rawValue)_\(stop)") }
        }
        return keys
    }()

    /// `theme[key]="value"`, the quotes being single, double or none.
    private static func entry(
        _ line: Substring, source: String, line number: Int
    ) throws(ThemeError) -> (key: String, value: String) {
        let malformed = ThemeError(
            source: source, line: number,
            problem: "\"\(Harmless.text(String(line), limit: 40))\" is cut short or misspelt; \(shape)")
        let open = line.dropFirst("theme".count).trimmingBlanks()
        guard open.first == "[", let close = open.firstIndex(of: "]") else { throw malformed }
        let key = open[open.index(after: open.startIndex)..<close].trimmingBlanks()
        let rest = open[open.index(after: close)...].trimmingBlanks()
        guard !key.isEmpty, rest.first == "=" else { throw malformed }
        let value = rest.dropFirst().trimmingBlanks()
        if let quote = value.first, quote == "\"" || quote == "'" {
            let inner = value.dropFirst()
            guard let end = inner.firstIndex(of: quote) else { throw malformed }
            return (String(key), String(inner[..<end].trimmingBlanks()))
        }
        // Without quotes a `#` after a blank begins a comment, but the first one is the colour's.
        var end = value.endIndex
        var previous: Character = "#"
        for index in value.indices {
            if value[index] == "#", index != value.startIndex, previous == " " || previous == "\t" {
                end = index
                break
            }
            previous = value[index]
        }
        return (String(key), String(value[..<end].trimmingBlanks()))
    }
}

extension Substring {
    func trimmingBlanks() -> Substring {
        var result = self
        while let first = result.first, first == " " || first == "\t" || first == "\u{FEFF}" {
            result.removeFirst()
        }
        while let last = result.last, last == " " || last == "\t" { result.removeLast() }
        return result
    }
}
