import Canvas

/// One line of text being typed.
struct LineEditor: Hashable, Sendable {
    static let limit = 120

    private(set) var text = ""

    init(_ text: String = "") { self.text = text }

    enum Outcome: Hashable, Sendable {
        case editing
        case done(String)
        case cancelled
    }

    mutating func handle(_ key: Key) -> Outcome {
        switch key {
        case .enter: return .done(text)
        case .escape: return .cancelled
        case .backspace, .delete: if !text.isEmpty { text.removeLast() }
        case .control("u"): text = ""
        case .control("w"):
            while text.last == " " { text.removeLast() }
            while let last = text.last, last != " " { text.removeLast() }
        case .character(let character):
            // What isn't printable would be taken out again when it's drawn: better not to take it in.
            let printable = character.unicodeScalars.allSatisfy { !$0.properties.isControlLike }
            if printable, text.count < Self.limit { text.append(character) }
        default: break
        }
        return .editing
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControlLike: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
    }
}
