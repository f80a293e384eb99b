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
        var stripper = EscapeStripper()
        for scalar in raw.unicodeScalars {
            guard result.count < limit else { break }
            guard let shown = stripper.take(scalar) else { continue }
            result.append(shown)
        }
        return result
    }
}

/// Passes a text's scalars one by one, without escape sequences (ECMA-48) and whatever else a terminal
/// might act on.
private struct EscapeStripper {
    private enum State {
        case text
        case escape
        /// CSI: parameters until a final byte.
        case control
        /// OSC, DCS, SOS, PM, APC: anything until BEL or ST.
        case string
        case stringEscape
    }

    private var state = State.text
    /// An unfinished string must not swallow everything that follows it.
    private var stringLength = 0
    /// A carriage return and a line feed are one break.
    private var isAfterReturn = false

    /// What to show for `scalar`; nil when nothing.
    mutating func take(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        switch state {
        case .text:
            return takeText(scalar)
        case .escape:
            switch value {
            case 0x5B: state = .control
            case 0x5D, 0x50, 0x58, 0x5E, 0x5F: begin(string: ())
            case 0x1B, 0x20...0x2F: break
            case 0x30...0x7E: state = .text
            default:
                state = .text
                return takeText(scalar)
            }
            return nil
        case .control:
            switch value {
            case 0x20...0x3F: return nil
            case 0x1B:
                state = .escape
                return nil
            case 0x40...0x7E:
                state = .text
                return nil
            default:
                state = .text
                return takeText(scalar)
            }
        case .string:
            stringLength += 1
            switch value {
            case 0x07, 0x9C, 0x18, 0x1A: state = .text
            case 0x1B: state = .stringEscape
            case 0x0A, 0x0D: state = .text
            default: if stringLength > 256 { state = .text }
            }
            return nil
        case .stringEscape:
            if value == 0x5C {
                state = .text
                return nil
            }
            state = .escape
            return take(scalar)
        }
    }

    private mutating func begin(string: Void) {
        state = .string
        stringLength = 0
    }

    private mutating func takeText(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        defer { isAfterReturn = value == 0x0D }
        if (0x20..<0x7F).contains(value) { return scalar }
        if value == 0x0A, isAfterReturn { return nil }
        switch value {
        case 0x09, 0x0A, 0x0D, 0xA0: return " "
        case 0x1B:
            state = .escape
            return nil
        case 0x9B:
            state = .control
            return nil
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F:
            begin(string: ())
            return nil
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .surrogate: return nil
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: return " "
        // Terminals disagree about how wide these are, or show nothing.
        case .privateUse, .unassigned: return "\u{FFFD}"
        default: break
        }
        // Hangul fillers and jamo vowels, the blank braille cell: letters by category, invisible on screen.
        switch value {
        case 0x115F, 0x3164, 0xFFA0: return nil
        case 0x1160...0x11FF, 0xD7B0...0xD7FB: return nil
        default: return scalar
        }
    }
}
