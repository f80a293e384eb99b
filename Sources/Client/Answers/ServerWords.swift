import Measure
import Wire

/// What a server says where it doesn't answer: in its own words, as far as these are words.
struct ServerWords {
    let head: ResponseHead
    /// As far as it was kept.
    let body: [UInt8]
    /// What the answer should have been.
    let dialect: any Dialect.Type
    let scrubber: Scrubber

    /// Of the body's compression, by its head or by its first bytes.
    private var coding: Shown? {
        if case .coded(let name) = BodyShape(of: body, saysEvents: false) { return Shown(own: name) }
        return head.coding.map { scrubber.shown($0, limit: 20) }
    }

    /// What an answer means that has status 2xx, and is no stream.
    var failureInsteadOfStream: RequestFailure {
        func failure(_ message: Shown, kind: FailureKind = .notAStream) -> RequestFailure {
            RequestFailure(kind: kind, status: head.status, message: message)
        }
        if let coding {
            return failure(
                "the answer is compressed (\(coding)), though nobody asked for that; a proxy may do it")
        }
        if body.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return Self.empty(head.status) }
        let document = JSONValue(parsing: body)
        if let said = document?.errorMessage {
            return failure("an error with status \(head.status): \(scrubber.shown(said))")
        }
        let missing: Shown = "instead of a stream of \(own: dialect.framing.words)"
        if document.map(dialect.isWholeAnswer) == true { return failure("answered in one piece \(missing)") }
        let type = scrubber.shown(head.mediaType ?? "something", limit: 40)
        guard HTMLPage.isPage(body) else {
            return failure("answered with \(type) \(missing)")
        }
        let title = HTMLPage.title(of: body).map { scrubber.shown($0, limit: 120) }
        return failure(
            "answered with a page (\(type)) \(missing)\(own: title == nil ? "" : ": ")\(title ?? "")"
        )
    }

    static func empty(_ status: Int) -> RequestFailure {
        RequestFailure(
            kind: .noTokens, status: status,
            message: "an empty answer: HTTP \(status), and nothing in its body")
    }

    /// The words of an answer with any other status: an error's message, a page's title, or the text itself.
    static func said(in body: some Collection<UInt8>, _ scrubber: Scrubber) -> Shown {
        if let message = JSONValue(parsing: body)?.errorMessage { return scrubber.shown(message) }
        if let title = HTMLPage.title(of: body) { return scrubber.shown(title, limit: 120) }
        if HTMLPage.isPage(body) { return "a page without a title" }
        if case .coded(let name) = BodyShape(of: Array(body), saysEvents: false) {
            return "a compressed text (\(own: name))"
        }
        return scrubber.shown(of: body, limit: 120, isCut: body.count >= WireLimits.plainBody)
    }
}
