/// What the first bytes of a body show it to be: media types lie, first bytes don't.
package enum BodyShape: Hashable, Sendable {
    /// Too few bytes to tell.
    case undecided
    /// A stream of events, whose first field or comment begins here.
    case events(from: Int)
    /// A stream of JSON lines, whose first one begins here.
    case lines(from: Int)
    /// A page, a document, anything else.
    case plain
    /// Compressed.
    case coded(String)

    /// - Parameters:
    ///   - saysEvents: the media type is that of a stream of events.
    ///   - framing: what a stream of this API is made of. One of lines may have been made one of events on the
    ///     way; a document is a line only where lines are expected.
    package init(
        of bytes: some RandomAccessCollection<UInt8>, saysEvents: Bool, framing: Framing = .events
    ) {
        if let coding = Self.coding(of: bytes) {
            self = coding.isEmpty ? .undecided : .coded(coding)
            return
        }
        var rest = bytes[...]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if rest.starts(with: mark) {
            rest = rest.dropFirst(mark.count)
        } else if !rest.isEmpty, mark.starts(with: rest) {
            self = .undecided
            return
        }
        rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = rest.first else {
            self = .undecided
            return
        }
        let start = bytes.distance(from: bytes.startIndex, to: rest.startIndex)
        switch first {
        case UInt8(ascii: "{") where framing == .lines:
            self = .lines(from: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"):
            self = .plain
        case UInt8(ascii: ":"):
            self = .events(from: start)
        default:
            self =
                Self.fields.lazy.compactMap { Self.begins(rest, with: $0, at: start) }.first
                ?? (saysEvents ? .events(from: start) : .plain)
        }
    }

    /// What the body is known to begin with, or may turn out to; nil: neither.
    private static func begins(_ bytes: some Collection<UInt8>, with field: String, at start: Int)
        -> BodyShape?
    {
        guard bytes.starts(with: field.utf8) else { return field.utf8.starts(with: bytes) ? .undecided : nil }
        guard let next = bytes.dropFirst(field.utf8.count).first else { return .undecided }
        return [UInt8(ascii: ":"), 0x0A, 0x0D].contains(next) ? .events(from: start) : nil
    }

    private static let fields = ["data", "event", "id", "retry", "error"]

    /// By the marks with which compressed data begin; empty: it may be one of them.
    private static func coding(of bytes: some Collection<UInt8>) -> String? {
        let marks: [(String, [UInt8])] = [
            ("gzip", [0x1F, 0x8B]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("deflate", [0x78, 0x01]),
            ("deflate", [0x78, 0x5E]), ("deflate", [0x78, 0x9C]), ("deflate", [0x78, 0xDA]),
        ]
        for (name, mark) in marks where bytes.starts(with: mark) { return name }
        return !bytes.isEmpty && marks.contains { $0.1.starts(with: bytes) } ? "" : nil
    }
}
