/// Text from outside, made fit for a message: no control characters, no escape sequences, bounded. What a
/// server said goes through `Scrubber`, which takes secrets out as well.
package enum Printable {
    /// The first `limit` characters with every control character turned into a space, runs of space into
    /// one, and nothing left that changes the direction of text.
    package static func excerpt(_ text: some StringProtocol, limit: Int = 200) -> String {
        var result = ""
        var count = 0
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            switch category {
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                pendingSpace = !result.isEmpty
                continue
            case .format, .surrogate, .privateUse, .unassigned:
                continue
            default:
                break
            }
            guard count + (pendingSpace ? 1 : 0) < limit else { return result + "…" }
            if pendingSpace {
                result.append(" ")
                count += 1
                pendingSpace = false
            }
            result.unicodeScalars.append(scalar)
            count += 1
        }
        return result
    }

    package static func excerpt(of bytes: some Collection<UInt8>, limit: Int = 200) -> String {
        excerpt(beginning(of: bytes, upTo: limit * 4), limit: limit)
    }

    /// A cut leaves its sign: what stands before it may be the beginning of a secret.
    static func beginning(of bytes: some Collection<UInt8>, upTo limit: Int) -> String {
        let kept = bytes.prefix(limit)
        return String(decoding: kept, as: UTF8.self) + (kept.endIndex < bytes.endIndex ? "…" : "")
    }
}
