import Measure

/// Where an answer sends its client.
///
/// Only the same origin is ever followed: a key is for the server that the user named, and for no other.
package enum Redirect: Hashable, Sendable {
    /// The same origin, another target (path and query).
    case sameOrigin(target: String)
    /// Somewhere else; the URL as it may be shown, but for the session's secrets.
    case elsewhere(url: String)
    /// It names no place that makes sense.
    case nowhere

    /// nil: not a redirect.
    ///
    /// - Parameter target: what was asked for, to resolve what is relative to it.
    package init?(_ head: ResponseHead, askedFor target: String, at address: EndpointAddress) {
        guard [301, 302, 303, 307, 308].contains(head.status) else { return nil }
        guard let location = head["location"], !location.isEmpty,
            location.utf8.count <= WireLimits.redirectTarget,
            location.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            self = .nowhere
            return
        }
        let place = location.prefix { $0 != "#" }
        if let mark = place.firstRange(of: "://"), Self.isScheme(place[..<mark.lowerBound]) {
            let isSecure = place[..<mark.lowerBound].lowercased() == "https"
            let isWeb = isSecure || place[..<mark.lowerBound].lowercased() == "http"
            self = Self.absolute(
                place[mark.upperBound...], usesTLS: isWeb ? isSecure : nil, at: address,
                url: String(location))
        } else if place.hasPrefix("//") {
            let scheme = address.usesTLS ? "https:" : "http:"
            self = Self.absolute(
                place.dropFirst(2), usesTLS: address.usesTLS, at: address, url: scheme + location)
        } else if place.hasPrefix("/") {
            self = .sameOrigin(target: String(place))
        } else if let colon = place.firstIndex(of: ":"), Self.isScheme(place[..<colon]),
            !place[..<colon].contains("/")
        {
            self = .elsewhere(url: Self.redacted(location))
        } else {
            let path = target.prefix { $0 != "?" }
            if place.hasPrefix("?") || place.isEmpty {
                self = .sameOrigin(target: String(path + place))
            } else {
                let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
                self = .sameOrigin(target: Self.withoutDots(String(folder + place)))
            }
        }
    }

    /// Whole: it is cut once the session's secrets are out of it.
    private static func redacted(_ location: String) -> String {
        EndpointAddress.redacted(location, limit: WireLimits.redirectTarget)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.first?.isLetter == true
            && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" || $0 == "." }
    }

    private static func absolute(
        _ rest: Substring, usesTLS: Bool?, at address: EndpointAddress, url: String
    ) -> Redirect {
        let elsewhere = Redirect.elsewhere(url: redacted(url))
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let usesTLS, usesTLS == address.usesTLS, !authority.contains("@") else { return elsewhere }
        let colon = authority.hasSuffix("]") ? nil : authority.lastIndex(of: ":")
        var host = colon.map { authority[..<$0] } ?? authority
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let portText = colon.map { authority[authority.index(after: $0)...] } ?? ""
        let standard = usesTLS ? 443 : 80
        let port = portText.isEmpty ? standard : Int(portText)
        guard port == address.port, host.lowercased() == address.host.lowercased() else { return elsewhere }
        let target = rest[authority.endIndex...]
        return .sameOrigin(target: target.hasPrefix("/") ? String(target) : "/" + target)
    }

    /// RFC 3986, 5.2.4, as far as servers make use of it.
    private static func withoutDots(_ text: String) -> String {
        let path = text.prefix { $0 != "?" }
        guard path.contains("/.") else { return text }
        var kept: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for part in parts {
            switch part {
            case ".": continue
            case "..": _ = kept.popLast()
            default: kept.append(part)
            }
        }
        if parts.last == "." || parts.last == ".." { kept.append("") }
        return "/" + kept.joined(separator: "/") + text[path.endIndex...]
    }
}
