import Measure
import Wire

/// A server's list of models, or what stood there in its place.
struct ModelsPage {
    /// A list, and nothing in it: a router has one whose servers aren't up yet.
    private(set) var isEmptyList = false
    /// What is listed, and what the server calls itself.
    private(set) var list = ListedModels()
    private(set) var server: Shown?
    /// Why there is no name in it.
    var failure: RequestFailure?

    /// As the server calls them.
    var names: [String] { list.names }

    init(failure: RequestFailure) { self.failure = failure }

    /// - Parameter path: where it was asked for, for the messages.
    init(_ answer: WholeAnswer, path: String, dialect: any Dialect.Type, scrubber: Scrubber) {
        let head = answer.head
        let named = head["server"]
        server = named.map { scrubber.shown($0, limit: 40) }
        defer { if let named { list.servers.append(named) } }
        guard (200..<300).contains(head.status) else {
            failure = RequestFailure(refusal: head, body: answer.body, scrubber).at(path)
            return
        }
        let found: Shown
        if let coding = head["content-encoding"], coding.lowercased() != "identity" {
            found = "an answer coded as \(scrubber.shown(coding, limit: 20)), which wasn't asked for"
        } else if !answer.body.contains(where: { $0 > 0x20 }) {
            found = "an empty answer"
        } else if let json = JSONValue(parsing: answer.body) {
            let listed = dialect.models(in: json)
            if let listed { list = listed }
            if let owner = list.servers.first { server = scrubber.shown(owner, limit: 40) }
            if !names.isEmpty { return }
            if let complaint = json.errorMessage {
                found = "an error with status \(head.status): \(scrubber.shown(complaint))"
            } else if listed?.entries == 0 {
                isEmptyList = true
                found = "an empty list"
            } else if listed != nil {
                found = "a list without a name in it"
            } else {
                found = "JSON of another kind: “\(scrubber.shown(of: answer.body, limit: 60))”"
            }
        } else if let title = HTMLPage.title(of: answer.body) {
            found = "a web page: “\(scrubber.shown(title, limit: 80))”"
        } else if HTMLPage.isPage(answer.body) || head.mediaType == "text/html" {
            found = "a web page without a title"
        } else {
            found = "no JSON: “\(scrubber.shown(of: answer.body, limit: 60))”"
        }
        failure = RequestFailure(
            kind: .notFound, status: head.status,
            message: "no models are listed at \(own: path): it answered with \(found)")
    }
}

extension RequestFailure {
    /// The same, and where it was met.
    func at(_ path: String) -> RequestFailure {
        var failure = self
        failure.message = "\(own: path) answered with \(message)"
        return failure
    }
}
