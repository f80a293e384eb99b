import FoundationEssentials

/// What a user's own headers may be, and what of them is secret.
package enum HeaderRules {
    /// Its value says how to talk, and is no secret.
    package static func isHarmless(_ name: String) -> Bool {
        [
            "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "content-type",
            "host", "origin", "pragma", "referer", "user-agent", "x-request-id",
        ].contains(name.lowercased())
    }

    /// How messages are framed and connections used is the program's own business: such a header would make
    /// every request wrong.
    package static func isReserved(_ name: String) -> Bool {
        [
            "connection", "content-length", "expect", "http2-settings", "keep-alive", "proxy-connection",
            "te",
            "trailer", "transfer-encoding", "upgrade",
        ].contains(name.lowercased())
    }

    /// It is there to be let in.
    static func holdsKey(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "authorization" || name == "cookie" || name == "ocp-apim-subscription-key"
            || ["api-key", "apikey", "api_key", "token", "auth"].contains { name.hasSuffix($0) }
    }

    /// The value, and the parts that are secrets by themselves: the key behind `Bearer`, a cookie's value,
    /// name and password in `Basic`.
    static func secrets(in value: String) -> [String] {
        let parts = value.split { " ;,".contains($0) }
        // `Bearer` is no secret, nor is the beginning of what stands behind it together with it.
        var found = parts.first.map(isScheme) == true ? [] : [value]
        for part in parts where parts.count > 1 && !isScheme(part) { found.append(String(part)) }
        for part in parts {
            guard let sign = part.firstIndex(of: "="), part[sign...].contains(where: { $0 != "=" }) else {
                continue
            }
            found.append(String(part[part.index(after: sign)...]))
        }
        if parts.count == 2, parts[0].lowercased() == "basic",
            let bytes = Data(base64Encoded: String(parts[1])), let pair = String(data: bytes, encoding: .utf8)
        {
            found.append(pair)
            if let colon = pair.firstIndex(of: ":") {
                found.append(String(pair[pair.index(after: colon)...]))
            }
        }
        return found
    }

    /// A word that says how one is let in.
    private static func isScheme(_ word: Substring) -> Bool {
        ["bearer", "basic", "digest", "token", "apikey", "key", "negotiate"].contains(word.lowercased())
    }
}
