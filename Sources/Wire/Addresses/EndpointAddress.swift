import Measure

/// Where an endpoint is: what a user typed, taken apart.
///
/// `http://host:8000`, `http://host:8000/v1` and a full route are all understood; what is missing is
/// filled in. Query strings are kept (Azure's `api-version`), user names and passwords are refused: they
/// would end up in recordings.
package struct EndpointAddress: Hashable, Sendable {
    package var usesTLS: Bool
    package var host: String
    package var port: Int
    /// As given, without a final slash: nothing, an API's base, or a full route. The dialects know which.
    package var path: String
    /// With its question mark, or empty.
    package var query: String

    package enum ParseError: Error, Hashable, Sendable {
        /// `url` as it may be shown.
        case invalid(url: String, problem: String)

        package var message: String {
            switch self {
            case .invalid(let url, let problem):
                "“\(url)” is not an endpoint: \(problem); "
                    + "give something like http://host:8000 or https://host/v1"
            }
        }
    }

    /// Reads a URL, or a host with or without a port.
    ///
    /// - Throws: what is wrong with it, without the secrets in it.
    package init(parsing text: String) throws(ParseError) {
        func refuse(_ problem: String) -> ParseError {
            .invalid(url: Self.redacted(text), problem: problem)
        }

        if text.contains("@"), Self.hasCredentials(text) {
            throw refuse("it has a user name or password in it (use --api-key-env)")
        }
        if text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
            throw refuse("it has white space or control characters in it")
        }
        var rest = Substring(text)
        if let scheme = rest.firstRange(of: "://") {
            switch rest[..<scheme.lowerBound].lowercased() {
            case "http": usesTLS = false
            case "https": usesTLS = true
            default: throw refuse("its scheme is not http or https")
            }
            rest = rest[scheme.upperBound...]
        } else {
            usesTLS = false
        }
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[mark...])
            rest = rest[..<mark]
        } else {
            query = ""
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        (host, port) = try Self.hostAndPort(
            rest[..<slash], defaultPort: usesTLS ? 443 : 80, refuse: refuse)

        path = String(rest[slash...])
        while path.hasSuffix("/") { path.removeLast() }
    }

    /// An `@` in a query is nobody's name; anywhere else it parts a name from a host: passwords may have
    /// `/`, `?` and `#` in them.
    private static func hasCredentials(_ text: String) -> Bool {
        let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
        guard let at = rest.lastIndex(of: "@") else { return false }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.contains("@") { return true }
        // What stands for a port is none: it is the beginning of a password.
        let port = authority.lastIndex(of: ":").map { authority[authority.index(after: $0)...] }
        let isPlainHost = port.map { Int($0) != nil } ?? true
        let isInQuery = rest.firstIndex(of: "?").map { $0 < at } ?? false
        if isInQuery, isPlainHost { return false }
        // A part of a path may have an `@` in it, but no `name:password@`.
        guard isPlainHost, let slash = rest[..<at].lastIndex(of: "/") else { return true }
        return rest[slash..<at].contains(":")
    }

    private static func hostAndPort(
        _ authority: Substring, defaultPort: Int, refuse: (String) -> ParseError
    ) throws(ParseError) -> (String, Int) {
        var name = authority
        var portText: Substring?
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            name = authority[authority.index(after: authority.startIndex)..<close]
            let behind = authority[authority.index(after: close)...]
            guard behind.isEmpty || behind.hasPrefix(":") else {
                throw refuse("behind its “]” stands neither a port nor a path")
            }
            if !behind.isEmpty { portText = behind.dropFirst() }
        } else if authority.count(where: { $0 == ":" }) > 1,
            authority.allSatisfy({ $0 == ":" || $0.isHexDigit })
        {
            throw refuse("an IPv6 address stands in brackets, as [::1]:8000")
        } else if let colon = authority.lastIndex(of: ":") {
            name = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
            guard isHostName(name) else { throw refuse("its host has characters in it that no host has") }
        } else {
            guard isHostName(name) else { throw refuse("its host has characters in it that no host has") }
        }
        guard !name.isEmpty else { throw refuse("it names no host") }
        guard !name.allSatisfy(\.isWholeNumber) else { throw refuse("its host is a mere number") }
        guard let portText else { return (String(name), defaultPort) }
        guard let port = Int(portText), (1...65535).contains(port) else {
            throw refuse("its port is not a number from 1 to 65535")
        }
        return (String(name), port)
    }

    private static func isHostName(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            // A full-width `＠` or `：` is none either: it may part a name from a password.
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
                || scalar == "." || scalar == "_"
                || scalar.properties.canonicalCombiningClass != .notReordered
        }
    }
}

extension EndpointAddress {
    /// For a `Host` header and for labels: the port is left out where it is the scheme's own.
    package var hostAndPort: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    package var origin: String { (usesTLS ? "https://" : "http://") + hostAndPort }

    /// What stands before the routes of `dialect`, for example "/v1". Without a final slash.
    package func base(for dialect: any Dialect.Type) -> String {
        guard let owner = impliedDialect else { return dialect.base(of: path) }
        let rest = path.hasSuffix(owner.route) ? String(path.dropLast(owner.route.count)) : path
        return owner.family == dialect.family ? rest : dialect.base(of: rest)
    }

    /// The path that requests of `dialect` go to, with the query.
    package func target(for dialect: any Dialect.Type) -> String {
        (dialect.isRoute(path) ? path : base(for: dialect) + dialect.route) + query
    }

    package func modelsTarget(for dialect: any Dialect.Type) -> String { modelsPath(for: dialect) + query }

    /// The same without the query, which may hold a key.
    package func modelsPath(for dialect: any Dialect.Type) -> String {
        base(for: dialect) + dialect.modelsRoute
    }

    /// The dialect that a full route speaks for; nil when the user gave none.
    package var impliedDialect: (any Dialect.Type)? { Dialects.all.first { $0.isRoute(path) } }
}
