/// A page that came where an answer should be.
package enum HTMLPage {
    /// Its title, or else its first heading, as it stands there; nil when `bytes` are no page, or it has none.
    package static func title(of bytes: some Collection<UInt8>) -> String? {
        let kept = bytes.prefix(WireLimits.plainBody)
        // A title that was cut says so: it may end in the beginning of a secret.
        let text = String(decoding: kept, as: UTF8.self) + (kept.count < WireLimits.plainBody ? "" : "…")
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "<" else { return nil }
        return ["title", "h1", "h2"].lazy.compactMap { content(of: $0, in: text) }.first
    }

    /// Looks like markup.
    package static func isPage(_ bytes: some Collection<UInt8>) -> Bool {
        let text = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
        guard text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) == "<" else { return false }
        return ["<!doctype html", "<html", "<head", "<body", "<title", "<h1"].contains { text.contains($0) }
    }

    private static func content(of tag: String, in text: String) -> String? {
        let lowered = text.lowercased()
        // Lower case may be longer or shorter: then places don't match, and the lowered text has to do.
        let source = lowered.utf8.count == text.utf8.count ? text : lowered
        guard let open = lowered.utf8.firstRange(of: Array("<\(tag)".utf8)),
            let end = lowered.utf8[open.upperBound...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let start = lowered.utf8.index(after: end)
        let close =
            lowered.utf8[start...].firstRange(of: Array("</".utf8))?.lowerBound ?? lowered.utf8.endIndex
        let range =
            lowered.utf8.distance(
                from: lowered.utf8.startIndex, to: start)..<lowered.utf8.distance(
                from: lowered.utf8.startIndex, to: close)
        let bytes = Array(source.utf8)[range]
        let title = withoutEntities(String(decoding: bytes, as: UTF8.self))
        return title.allSatisfy(\.isWhitespace) ? nil : title
    }

    private static func withoutEntities(_ text: String) -> String {
        let entities = [
            ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "),
        ]
        var text = text
        for (entity, plain) in entities.reversed() {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: plain)
        }
        return text
    }
}
