/// Words fit to be shown and stored: bounded, without control characters, and without a secret of the session.
///
/// What a server said becomes one by `Scrubber` alone, and what is sent stays a `String`: so the compiler keeps
/// the two apart. The program's own words may be written as literals; only numbers and words that are
/// `Shown` already can be put into them.
public struct Shown: Hashable, Sendable {
    public let text: String

    /// - Parameter own: words of this program, its user or its system, never a server's.
    public init(own: String) { text = own }

    /// - Parameter recorded: out of a file, which anybody may have made. (Secrets were taken out before it was
    ///   written.)
    public init(recorded: String) { text = Printable.excerpt(recorded, limit: 4_096) }

    /// - Parameter scrubbed: what `Scrubber` made.
    init(scrubbed: String) { text = scrubbed }
}

extension Shown: CustomStringConvertible {
    public var description: String { text }
}

extension Shown: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(recorded: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Shown: ExpressibleByStringInterpolation {
    public init(stringLiteral: String) { text = stringLiteral }

    public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        public mutating func appendInterpolation(_ shown: Shown) { text += shown.text }

        public mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }

        /// - Parameter own: words of this program, its user or its system, never a server's.
        public mutating func appendInterpolation(own: String) { text += own }
    }
}
