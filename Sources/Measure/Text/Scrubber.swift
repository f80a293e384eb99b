/// Knows every secret of the session, and takes them out of what servers say: the one way from a server's text
/// to words that may be shown or stored.
///
/// A secret is found whole, in parts of eight characters and more, in base64 (wherever it stands in what
/// was encoded) and in hexadecimal, backwards, escaped (`%73`, `\u0073`, `&#115;`), parted by spaces or signs, and
/// with its ends only (`sk-ab…yz`, `****yz12`), whatever the case.
package struct Scrubber: Sendable {
    /// Shorter values are no secrets: they would be found in innocent words.
    package static let shortest = 8
    /// Stands for what was taken out.
    package static let mark = "•••"

    /// The secrets' bytes in lower case.
    private(set) var secrets: [[UInt8]] = []
    /// All runs of eight bytes of the secrets and their encodings, packed.
    private var grams: Set<UInt64> = []
    /// The same of their letters and digits alone.
    private var compactGrams: Set<UInt64> = []
    /// Keys that are too short to be looked for in parts: as words of their own.
    private(set) var shortKeys: [[UInt8]] = []

    /// Knows no secret: text is only made harmless.
    package static let withoutSecrets = Scrubber(secrets: [])

    /// Values of fewer than eight characters are passed over.
    package init(secrets: some Sequence<String>) {
        for secret in secrets { add(secret) }
    }

    /// - Parameter isKey: it lets somebody in: it is a secret however short it is, and is found as a word then.
    package mutating func add(_ secret: String, isKey: Bool = false) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= Self.shortest else {
            if isKey, !bytes.isEmpty { shortKeys.append(bytes) }
            return
        }
        secrets.append(bytes.map(Self.lowered))
        for form in [bytes, bytes.reversed(), Self.hexadecimal(bytes)] + Self.base64(bytes) {
            for gram in Self.grams(of: form) { grams.insert(gram.value) }
            for gram in Self.grams(of: form.filter(Unfolded.isWord)) { compactGrams.insert(gram.value) }
        }
    }

    /// A server's text, harmless and scrubbed, and then cut to `limit` characters.
    package func shown(_ text: some StringProtocol, limit: Int = 200) -> Shown {
        let harmless = Printable.excerpt(text, limit: max(limit, Self.lookedAt))
        let scrubbed = grams.isEmpty && shortKeys.isEmpty ? harmless : scrub(harmless)
        return Shown(scrubbed: scrubbed.count > limit ? Printable.excerpt(scrubbed, limit: limit) : scrubbed)
    }

    /// - Parameter isCut: there was more behind it.
    package func shown(of bytes: some Collection<UInt8>, limit: Int = 200, isCut: Bool = false) -> Shown {
        shown(Printable.beginning(of: bytes, upTo: Self.lookedAt) + (isCut ? "…" : ""), limit: limit)
    }

    /// Longer texts are cut before they are looked at: a server's pages have no end.
    private static let lookedAt = 16 * 1024

    private func scrub(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var isSecret = [Bool](repeating: false, count: bytes.count)
        for reading in Unfolded(bytes).readings {
            mark(grams, in: reading, &isSecret)
            mark(compactGrams, in: reading.compact, &isSecret)
            markEnds(in: reading, &isSecret)
            markShortKeys(in: reading, &isSecret)
        }
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

    private func mark(_ known: Set<UInt64>, in reading: Unfolded, _ isSecret: inout [Bool]) {
        for gram in Self.grams(of: reading.bytes) where known.contains(gram.value) {
            // What parts them goes with them.
            let first = reading.places[gram.place]
            let last = reading.places[gram.place + Self.shortest - 1]
            for byte in first.lowerBound..<last.upperBound { isSecret[byte] = true }
        }
    }

    // MARK: Encodings

    static func lowered(_ byte: UInt8) -> UInt8 {
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

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
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

/// What it knows is printed nowhere.
extension Scrubber: CustomStringConvertible, CustomReflectable {
    package var description: String { Self.mark }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
