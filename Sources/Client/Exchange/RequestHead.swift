import Wire

/// The heads of the requests that are sent.
enum RequestHead {
    /// Everything but what differs from request to request, and the empty line. A user's own headers replace
    /// ours, whatever their case, and the later of two of one name the earlier: no name ever stands there twice.
    static func lines(
        method: String, target: String, address: EndpointAddress, settings: ClientSettings, accept: String,
        dialect: any Dialect.Type
    ) -> String {
        var fields: [(name: String, value: String)] = [
            ("host", address.hostAndPort),
            ("user-agent", settings.userAgent),
            ("accept", accept),
            // Who says nothing may get anything, and a coded stream can't be read as it comes.
            ("accept-encoding", "identity"),
        ]
        if method == "POST" { fields.append(("content-type", "application/json")) }
        if let key = settings.apiKey { fields.append(dialect.authentication(key.reveal())) }
        for header in settings.headers {
            let name = header.name.lowercased()
            guard !HeaderRules.isReserved(name) else { continue }
            let own = (header.name, header.value.reveal())
            if let place = fields.firstIndex(where: { $0.name.lowercased() == name }) {
                fields[place] = own
            } else {
                fields.append(own)
            }
        }
        let head = ["\(method) \(target) HTTP/1.1"] + fields.map { "\($0.name): \($0.value)" }
        return head.joined(separator: "\r\n") + "\r\n"
    }
}
