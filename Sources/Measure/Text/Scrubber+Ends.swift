// Keys of which only the ends are shown, and short ones.

extension Scrubber {
    /// Marks dots, stars and the like together with the secret's ends beside them, where these are four
    /// characters and more together.
    func markEnds(in reading: Unfolded, _ isSecret: inout [Bool]) {
        let bytes = reading.bytes.map(Self.lowered)
        var start = 0
        while start < bytes.count {
            guard let end = Self.endOfMask(in: bytes, from: start) else {
                start += 1
                continue
            }
            let from = Self.spaces(in: bytes[..<start].reversed()).map { start - $0 } ?? start
            let to = Self.spaces(in: bytes[end...]).map { end + $0 } ?? end
            for secret in secrets {
                let behind = Self.longest(upTo: min(bytes.count - to, secret.count)) {
                    bytes[to..<to + $0].elementsEqual(secret.suffix($0))
                }
                // An escape that was cut reads as another character, or as none.
                for from in Set([from, max(0, from - 1), Self.startOfEscape(cutAt: from, in: bytes)]) {
                    let before = Self.longest(upTo: min(from, secret.count)) {
                        bytes[(from - $0)..<from].elementsEqual(secret.prefix($0))
                    }
                    guard before + behind >= 4 else { continue }
                    for place in reading.places[(from - before)..<(to + behind)] {
                        for byte in place { isSecret[byte] = true }
                    }
                }
            }
            start = end
        }
    }

    /// Marks keys that are too short to be looked for anywhere, where they stand as a word.
    func markShortKeys(in reading: Unfolded, _ isSecret: inout [Bool]) {
        let bytes = reading.bytes
        for key in shortKeys where bytes.count >= key.count {
            for start in 0...(bytes.count - key.count) where bytes[start] == key[0] {
                let end = start + key.count
                guard bytes[start..<end].elementsEqual(key),
                    start == 0 || !Self.continues(bytes[start - 1]),
                    end == bytes.count || !Self.continues(bytes[end])
                else { continue }
                for place in reading.places[start..<end] { for byte in place { isSecret[byte] = true } }
            }
        }
    }

    private static func continues(_ byte: UInt8) -> Bool { byte >= 0x80 || Unfolded.isWord(byte) }

    private static func longest(upTo limit: Int, where matches: (Int) -> Bool) -> Int {
        stride(from: limit, to: 1, by: -1).first(where: matches) ?? 0
    }

    /// `sk-ab%2…`: where the escape begins that was cut, or `end` where none was.
    private static func startOfEscape(cutAt end: Int, in bytes: [UInt8]) -> Int {
        let rest = bytes[..<end].reversed().prefix(8).prefix { Unfolded.isWord($0) || "#{".utf8.contains($0) }
        let start = end - rest.count - 1
        return start >= 0 && "%\\&=".utf8.contains(bytes[start]) ? start : end
    }

    /// A space or two beside a mask: `sk-ab … yz`.
    private static func spaces(in bytes: some Collection<UInt8>) -> Int? {
        let count = bytes.prefix(3).prefix { $0 == UInt8(ascii: " ") }.count
        return (1...2).contains(count) ? count : nil
    }

    /// Where the run that begins here, and that stands for something left out, ends: `…`, `•••`, `***`, `...`,
    /// `xxxx`, `[hidden]`.
    private static func endOfMask(in bytes: [UInt8], from start: Int) -> Int? {
        if let end = endOfBrackets(in: bytes, from: start) { return end }
        var end = start
        while end < bytes.count, let length = lengthOfSign(in: bytes, at: end) { end += length }
        return end - start >= 2 ? end : nil
    }

    private static func endOfBrackets(in bytes: [UInt8], from start: Int) -> Int? {
        let pairs = ["[]", "<>", "()", "{}"].map { Array($0.utf8) }
        guard let pair = pairs.first(where: { $0[0] == bytes[start] }) else { return nil }
        let inside = bytes[(start + 1)...].prefix(24)
        return inside.firstIndex(of: pair[1]).map { $0 + 1 }
    }

    private static let signs = Set("*.x#_-~?=+".utf8)
    /// Of two and three bytes: bullets, dots, dashes, blocks, stars.
    private static let wideSigns: Set<[UInt8]> = Set(
        "…•●◦·×∗⋯█░▒▓■▪–—‒―‐‑․‥∙⋆★☓✕✱❋".map { Array(String($0).utf8) })

    private static func lengthOfSign(in bytes: [UInt8], at index: Int) -> Int? {
        if signs.contains(bytes[index]) { return 1 }
        guard bytes[index] >= 0xC2 else { return nil }
        let length = bytes[index] < 0xE0 ? 2 : 3
        return index + length <= bytes.count && wideSigns.contains(Array(bytes[index..<index + length]))
            ? length : nil
    }
}
