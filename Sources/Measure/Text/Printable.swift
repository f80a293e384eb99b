/// Text from outside, made fit for a message: no control characters, no escape sequences, bounded. What a
/// server said goes through `Scrubber`, which takes secrets out as well.
package enum Printable {
    /// The first `limit` characters, harmless (`EscapeStripper`), with runs of space and line breaks as one space.
    package static func excerpt(_ text: some StringProtocol, limit: Int = 200) -> String {
        var result = ""
        var count = 0
        var pendingSpace = false
        var stripper = EscapeStripper(keepsMarks: true)
        for scalar in text.unicodeScalars {
            guard let scalar = stripper.take(scalar) else { continue }
            guard scalar != " " else {
                pendingSpace = !result.isEmpty
                continue
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
        excerpt(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
    }
}
