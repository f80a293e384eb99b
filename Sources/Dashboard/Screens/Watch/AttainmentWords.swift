import Canvas
import Charts
import Measure

extension Attainment.Verdict {
    func sign(_ glyphs: GlyphSet) -> String {
        switch self {
        case .held: String(Character(glyphs.good))
        case .broken: String(Character(glyphs.bad))
        case .undecided: "?"
        case .idle: " "
        }
    }

    var role: ThemeRole {
        switch self {
        case .held: .good
        case .broken: .bad
        case .undecided: .warn
        case .idle: .inactive
        }
    }

    var word: String {
        switch self {
        case .held: "held"
        case .broken: "broken"
        case .undecided: "undecided"
        case .idle: "idle"
        }
    }
}

extension Attainment {
    /// "✗ 58–61 % under 900 ms, last minute".
    func text(_ glyphs: GlyphSet) -> String {
        guard verdict != .idle else { return "idle: no answer in the last minute" }
        let within = limit.metric == .error ? "without error" : "under \(Format.duration(limit.below))"
        guard let share else { return "\(verdict.sign(glyphs)) \(limit.name): not known" }
        return "\(verdict.sign(glyphs)) \(Format.bracket(share)) \(within), last minute"
    }
}
