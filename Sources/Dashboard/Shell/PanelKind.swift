/// A part of the screen. Each screen names its own; these are the shell's.
struct PanelKind: Hashable, Sendable {
    let name: String
    /// The digit that shows it alone.
    let digit: Int?

    init(_ name: String, digit: Int? = nil) {
        self.name = name
        self.digit = digit
    }

    /// One line: what runs, how far it is, for how long, and whether it's being recorded.
    static let status = PanelKind("status")
    /// One line: the answer so far.
    static let verdict = PanelKind("verdict")
    /// One line: what went wrong or was just done, else the instrument's own health.
    static let message = PanelKind("message")
    /// One line: the keys.
    static let footer = PanelKind("footer")
}
