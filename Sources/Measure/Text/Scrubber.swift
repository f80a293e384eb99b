/// Knows every secret of the session, and takes them out of what servers say: the one way from a server's text
/// to words that may be shown or stored.
///
/// A secret is found whole, in parts of eight characters and more, in base64 (wherever it stands in what
/// was encoded), percent-encoded, and with its ends only (`sk-ab…yz`, `****yz12`), whatever the case.
public struct Scrubber: Sendable {
    /// Shorter values are no secrets: they would be found in innocent words.
    public static let shortest = 8
    /// Stands for what was taken out.
    public static let mark = "•••"

    /// The secrets' bytes in lower case.
    private var secrets: [[UInt8]] = []
    /// All runs of eight bytes of the secrets and their encodings, packed.
    private var grams: Set<UInt64> = []

    /// Knows no secret: text is only made harmless.
    public static let withoutSecrets = Scrubber(secrets: [])

    /// Values of fewer than eight characters are passed over.
    public init(secrets: some Sequence<String>) {
        for secret in secrets { add(secret) }
    }

    public mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= Self.shortest else { return }
        secrets.append(bytes.map(Self.lowered))
        for form in [bytes, Self.percentEncoded(bytes)] + Self.base64(bytes) {
            for gram in Self.grams(of: form) { grams.insert(gram.value) }
        }
    }

    /// A server's text, harmless and scrubbed, and then cut to `limit` characters.
    public func shown(_ text: some StringProtocol, limit: Int = 200) -> Shown {
        let harmless = Printable.excerpt(text, limit: max(limit, Self.lookedAt))
        let scrubbed = grams.isEmpty ? harmless : scrub(harmless)
        return Shown(scrubbed: scrubbed.count > limit ? Printable.excerpt(scrubbed, limit: limit) : scrubbed)
    }

    public func shown(of bytes: some Collection<UInt8>, limit: Int = 200) -> Shown {
        shown(String(decoding: bytes.prefix(Self.lookedAt), as: UTF8.self), limit: limit)
    }

    /// Longer texts are cut before they are looked at: a server's pages have no end.
    private static let lookedAt = 16 * 1024

    private func scrub(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var isSecret = [Bool](repeating: false, count: bytes.count)
        for gram in Self.grams(of: bytes) where grams.contains(gram.value) {
            for place in gram.place..<gram.place + Self.shortest { isSecret[place] = true }
        }
        markEnds(in: bytes.map(Self.lowered), &isSecret)
        guard isSecret.contains(true) else { return text }
        var result: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            if !isSecret[place] {
                result.append(byte)
            } else if place == 0 || !isSecret[place - 1] {
                result.append(contentsOf: Self.mark.utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Encodings

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Every run of eight bytes, in lower case, and where it begins.
    private static func grams(of bytes: [UInt8]) -> [(value: UInt64, place: Int)] {
        var grams: [(value: UInt64, place: Int)] = []
        var value: UInt64 = 0
        for (place, byte) in bytes.enumerated() {
            value = value << 8 | UInt64(lowered(byte))
            if place >= shortest - 1 { grams.append((value, place - shortest + 1)) }
        }
        return grams
    }

    private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            let isPlain =
                byte < 0x80
                && (Character(Unicode.Scalar(byte)).isLetter || "0123456789-._~".utf8.contains(byte))
            if isPlain { return [byte] }
            let digits = String(byte, radix: 16)
            return Array("%\(digits.count < 2 ? "0" : "")\(digits)".utf8)
        }
    }

    /// As it looks inside of anything encoded, in each of the three places that a byte can have there, in both
    /// alphabets; without the characters at the ends, which depend on the neighbours.
    private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<3).flatMap { skipped -> [[UInt8]] in
            let whole = bytes.dropFirst(skipped)
            var form: [UInt8] = []
            var rest = whole.prefix(whole.count / 3 * 3)
            while !rest.isEmpty {
                let word = rest.prefix(3).reduce(0) { $0 << 8 | Int($1) }
                for shift in [18, 12, 6, 0] { form.append(alphabet[word >> shift & 63]) }
                rest = rest.dropFirst(3)
            }
            let forURLs = form.map { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            }
            return form == forURLs ? [form] : [form, forURLs]
        }
    }
}

// MARK: Keys of which only the ends are shown

extension Scrubber {
    /// Marks dots, stars and the like together with the secret's ends beside them, where these are four
    /// characters and more together.
    private func markEnds(in bytes: [UInt8], _ isSecret: inout [Bool]) {
        var start = 0
        while start < bytes.count {
            guard let end = Self.endOfMask(in: bytes, from: start) else {
                start += 1
                continue
            }
            for secret in secrets {
                let before = Self.longest(upTo: min(start, secret.count)) {
                    bytes[(start - $0)..<start].elementsEqual(secret.prefix($0))
                }
                let behind = Self.longest(upTo: min(bytes.count - end, secret.count)) {
                    bytes[end..<end + $0].elementsEqual(secret.suffix($0))
                }
                guard before + behind >= 4 else { continue }
                for place in (start - before)..<(end + behind) { isSecret[place] = true }
            }
            start = end
        }
    }

    private static func longest(upTo limit: Int, where matches: (Int) -> Bool) -> Int {
        stride(from: limit, to: 1, by: -1).first(where: matches) ?? 0
    }

    /// Where the run that begins here, and that stands for something left out, ends: `…`, `•••`, `***`, `...`, `xxxx`.
    private static func endOfMask(in bytes: [UInt8], from start: Int) -> Int? {
        var end = start
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "x"), UInt8(ascii: "#"),
                UInt8(ascii: "_"):
                end += 1
            // `…` is E2 80 A6, `•` E2 80 A2.
            case 0xE2
            where end + 2 < bytes.count && bytes[end + 1] == 0x80
                && (bytes[end + 2] == 0xA6 || bytes[end + 2] == 0xA2):
                end += 3
            default:
                return end - start >= 2 ? end : nil
            }
        }
        return end - start >= 2 ? end : nil
    }
}
