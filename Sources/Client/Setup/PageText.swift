import Measure

/// What a web page in place of an answer says: proxies and portals speak in pages.
enum PageText {
    /// Its title, or else its first heading; nil when it isn't HTML, or has neither.
    static func title(of bytes: some Collection<UInt8>) -> String? {
        let text = String(decoding: bytes.prefix(64 * 1024), as: UTF8.self)
        // Lower case may change a text's length: only ASCII is searched for, in the bytes.
        let lowered = String(
            decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        guard isPage(lowered) else { return nil }
        for tag in ["title", "h1", "h2"] {
            if let found = content(of: tag, in: text, lowered: lowered) { return found }
        }
        return nil
    }

    /// It is HTML, whatever it was called.
    static func isPage(_ lowered: String) -> Bool {
        let start = lowered.prefix(1024)
        return start.contains("<html") || start.contains("<!doctype html") || start.contains("<title")
            || start.contains("<head>")
    }

    private static func content(of tag: String, in text: String, lowered: String) -> String? {
        let (bytes, search) = (Array(text.utf8), Array(lowered.utf8))
        guard let opening = search.firstRange(of: Array("<\(tag)".utf8)),
            let start = search[opening.upperBound...].firstIndex(of: UInt8(ascii: ">")),
            let end = search[start...].firstRange(of: Array("</\(tag)".utf8))?.lowerBound
        else { return nil }
        let inside = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let found = Printable.excerpt(plain(inside), limit: 500)
        return found.isEmpty ? nil : found
    }

    /// Without tags, and with the usual entities as what they stand for.
    private static func plain(_ text: String) -> String {
        var result = ""
        var isInTag = false
        for character in text {
            switch character {
            case "<":
                isInTag = true
                result += " "
            case ">": isInTag = false
            case _ where !isInTag: result.append(character)
            default: break
            }
        }
        let entities = [
            ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"),
            ("&ndash;", "–"), ("&mdash;", "—"), ("&middot;", "·"), ("&amp;", "&"),
        ]
        for (entity, meaning) in entities { result = result.replacing(entity, with: meaning) }
        return result
    }
}
