/// What a result says of itself when it is a month old: which session it is of, and how to run that again.
extension SessionInfo {
    /// The same for a session's recording and for all that is made of it, whenever; another for every other session:
    /// `20261126T192218Z-5f3a09c1`.
    package var runID: String {
        let begin = started.iso(started.moment).prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" }
        let words = "\(started.unixNanoseconds) \(seed) \(host)"
        // FNV-1a.
        let hash = words.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash >> 32, radix: 16)
        return "\(begin)Z-" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    /// The options that the command may name, in this order. What writes files isn't among them: the command of a
    /// stranger's recording is pasted into a shell.
    private static let repeatable = [
        "model", "api", "api-key-env", "header", "ca-cert", "insecure", "timeout", "wait", "users",
        "max-users", "for", "exact-dwell",
        "one-after-another", "scrape",
        "input-tokens", "output-tokens", "dwell", "warmup", "budget", "max-error-rate", "price-per-hour",
        "server-price", "years", "power-watts", "power-price", "pue", "cloud-price", "tokens-per-day",
    ]

    /// What one would type to measure these endpoints in the same way again. Secrets have to be put in.
    package func command(for endpoints: [EndpointInfo]) -> String {
        guard command != "demo" else { return "plimsoll demo" }
        let addresses = endpoints.map { Self.quoted(Self.address($0.url.text)) }
        return (["plimsoll", "sweep"] + addresses + words(Self.repeatable) + ["--seed", "\(seed)"])
            .joined(separator: " ")
    }

    /// What one would type to look at this server.
    package func command(for server: WatchedServer) -> String {
        (["plimsoll", "watch", Self.quoted(Self.address(server.url))] + words(Self.watchable))
            .joined(separator: " ")
    }

    private static let watchable = ["api-key-env", "header", "ca-cert", "insecure", "timeout", "budget"]

    /// Those of these options that were given.
    private func words(_ names: [String]) -> [String] {
        var words: [String] = []
        for name in names {
            guard let value = options[name] else { continue }
            switch name {
            case "header":
                for header in value.split(separator: ", ") {
                    words += Self.option("header", "\(header): …")
                }
            // Switches.
            case _ where value.isEmpty: words.append("--\(name)")
            default: words += Self.option(name, value)
            }
        }
        return words
    }

    /// What begins as an option is no address.
    private static func address(_ url: String) -> String { url.hasPrefix("-") ? "…" : url }

    /// A value that begins as an option would be taken for one.
    private static func option(_ name: String, _ value: String) -> [String] {
        value.hasPrefix("-") ? ["--\(name)=" + quoted(value)] : ["--\(name)", quoted(value)]
    }

    /// For a shell: one word, whatever is in it.
    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                    || "-_./:,@%+".unicodeScalars.contains($0))
        }
        if plain, !text.isEmpty { return text }
        var inside = ""
        for character in text { inside += character == "'" ? #"'\''"# : String(character) }
        return "'\(inside)'"
    }
}
