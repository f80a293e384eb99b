/// Words fit to be shown and stored: bounded, without control characters, and without a secret of the session.
///
/// What a server said becomes one by `Scrubber` alone, and what is sent stays a `String`: so the compiler keeps
/// the two apart. The program's own words may be written as literals; only numbers and words that are
/// `Shown` already can be put into them.
package struct Shown: Hashable, Sendable {
    package let text: String

    /// - Parameter own: words of this program, its user or its system, never a server's.
    package init(own: String) { text = own }

    /// - Parameter recorded: out of a file, which anybody may have made. (Secrets were taken out before it was
    ///   written.)
    package init(recorded: String) { text = Printable.excerpt(recorded, limit: 4_096) }

    /// - Parameter scrubbed: what `Scrubber` made.
    init(scrubbed: String) { text = scrubbed }
}

extension Shown: CustomStringConvertible {
    package var description: String { text }
}

extension Shown: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(recorded: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Shown: ExpressibleByStringInterpolation {
    package init(stringLiteral: String) { text = stringLiteral }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ shown: Shown) { text += shown.text }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }

        /// - Parameter own: words of this program, its user or its system, never a server's.
        package mutating func appendInterpolation(own: String) { text += own }
    }
}
