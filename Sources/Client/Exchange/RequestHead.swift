import Wire

/// The heads of the requests that are sent.
enum RequestHead {
    /// Everything but `content-length` and the empty line.
    static func lines(
        method: String, target: String, address: EndpointAddress, settings: ClientSettings, accept: String
    ) -> String {
        var lines = [
            "\(method) \(target) HTTP/1.1", "host: \(address.hostAndPort)",
            "user-agent: \(settings.userAgent)",
            "accept: \(accept)", "content-type: application/json",
        ]
        if let key = settings.apiKey { lines.append("authorization: Bearer \(key.reveal())") }
        for header in settings.headers { lines.append("\(header.name): \(header.value.reveal())") }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
