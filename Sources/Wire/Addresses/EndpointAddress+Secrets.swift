import Measure

extension EndpointAddress {
    /// What in it may be a key: the query, and each of its values, as they stand and decoded. Harmless ones
    /// are left out, for they would be missed in a server's words.
    package var secrets: [String] {
        let parameters = query.dropFirst().split(separator: "&").filter { !Self.isHarmless($0) }
        guard !parameters.isEmpty else { return [] }
        var found = [parameters.joined(separator: "&")]
        for parameter in parameters {
            let value = parameter.firstIndex(of: "=").map { parameter[parameter.index(after: $0)...] }
            found.append(String(value ?? parameter))
        }
        return found + found.map(\.percentDecoded).filter { !found.contains($0) }
    }

    /// Azure's `api-version=2024-10-21`, and what has no room for a key.
    private static func isHarmless(_ parameter: Substring) -> Bool {
        let parts = parameter.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return parameter.utf8.count < Scrubber.shortest }
        if parts[1].utf8.count < Scrubber.shortest { return true }
        let isVersion = ["api-version", "version", "api_version"].contains(parts[0].lowercased())
        let isDate = parts[1].prefix(10).allSatisfy { $0.isNumber || $0 == "-" }
        return isVersion && isDate && parts[1].count <= 20
    }
}

extension String {
    /// `%41` as `A` and `+` as a space, as in a query.
    var percentDecoded: String {
        var decoded: [UInt8] = []
        var bytes = Array(utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: bytes.prefix(2), as: UTF8.self)
                if digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                    let value = UInt8(digits, radix: 16)
                {
                    decoded.append(value)
                    bytes = bytes.dropFirst(2)
                } else {
                    decoded.append(byte)
                }
            default:
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}

extension EndpointAddress {
    /// A URL, or what was meant for one, as it may be shown: without user name, password, query and fragment, and
    /// without anything long where a host or a port should be. `scheme://…@host:port/path?…`
    package static func redacted(_ text: String, limit: Int = 120) -> String {
        let harmless = Printable.excerpt(text, limit: max(limit, 2000))
        var rest = harmless[...]
        var shown = ""
        if let mark = rest.firstRange(of: "://") {
            let scheme = rest[..<mark.lowerBound]
            shown = (isShort(scheme) ? String(scheme) : "…") + "://"
            rest = rest[mark.upperBound...]
        }
        // Whatever stands before the last `@` may be a password, slashes and question marks included.
        let plain = rest.replacing("%40", with: "@")
        if let at = plain.lastIndex(of: "@") {
            shown += "…@"
            rest = plain[plain.index(after: at)...]
        }
        let end = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        let slash = rest[..<end].firstIndex(of: "/") ?? end
        shown += authority(rest[..<slash]) + rest[slash..<end]
        if end < rest.endIndex { shown += "\(rest[end])…" }
        return Printable.excerpt(shown, limit: limit)
    }

    private static func authority(_ text: Substring) -> String {
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            let isAddress = text[..<close].dropFirst().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
            return (isAddress ? String(text[...close]) : "[…]") + port(text[close...].dropFirst())
        }
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let host = text[..<colon]
        let isHost = host.allSatisfy {
            $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_"
        }
        let words = host.split(separator: " ", omittingEmptySubsequences: false)
        let shown =
            isHost ? String(host) : words.map { isShort($0) ? String($0) : "…" }.joined(separator: " ")
        return shown + port(text[colon...])
    }

    /// With its colon; a password may stand there.
    private static func port(_ text: Substring) -> String {
        guard !text.isEmpty else { return "" }
        let digits = text.dropFirst()
        return digits.allSatisfy { $0.isASCII && $0.isNumber } && digits.count < 8 ? String(text) : ":…"
    }

    /// Too short for a secret.
    private static func isShort(_ text: Substring) -> Bool { text.utf8.count < Scrubber.shortest }
}
