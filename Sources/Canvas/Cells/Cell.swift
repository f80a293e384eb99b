/// One place on the screen.
package struct Cell: Hashable, Sendable {
    package var scalar: Unicode.Scalar
    package var style: Style
    /// The right half of the double-width character to its left: nothing is drawn here.
    package var isContinuation: Bool

    package init(_ scalar: Unicode.Scalar, _ style: Style = .plain, isContinuation: Bool = false) {
        self.scalar = scalar
        self.style = style
        self.isContinuation = isContinuation
    }

    package static let blank = Cell(" ")
}

/// How a cell looks.
package struct Style: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(
        _ foreground: Color = .terminal, on background: Color = .terminal, _ attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package static let plain = Style()

    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let underline = Attributes(rawValue: 4)
        package static let reverse = Attributes(rawValue: 8)
    }
}

/// A colour as a theme names it. The terminal decides how near it can come.
package enum Color: Hashable, Sendable {
    /// Whatever the terminal's own foreground or background is.
    case terminal
    /// One of the terminal's sixteen, as its user has set them.
    case ansi(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}
