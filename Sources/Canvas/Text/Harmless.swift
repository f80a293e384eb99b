import Measure

/// Makes text that somebody else wrote (a model's name, a server's error) fit to be shown or logged.
///
/// Whole escape sequences are dropped; other controls, invisible and direction-changing characters too;
/// tabs, newlines and odd spaces become one space; combining marks are dropped, because a cell holds one
/// scalar.
package enum Harmless {
    /// One harmless line of at most `limit` characters, cut with `…`.
    package static func text(_ raw: String, limit: Int = 256) -> String {
        let clean = scalars(raw, limit: limit == Int.max ? limit : max(0, limit) + 1)
        guard clean.count > limit else { return String(String.UnicodeScalarView(clean)) }
        guard limit > 0 else { return "" }
        return String(String.UnicodeScalarView(clean.prefix(limit - 1))) + "…"
    }

    /// The harmless scalars of `raw`, each one or two columns wide; never more than `limit`.
    package static func scalars(_ raw: String, limit: Int = 4096) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var stripper = EscapeStripper(keepsMarks: false)
        for scalar in raw.unicodeScalars {
            guard result.count < limit else { break }
            guard let shown = stripper.take(scalar) else { continue }
            result.append(shown)
        }
        return result
    }
}
