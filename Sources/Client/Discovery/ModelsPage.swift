import Measure
import Wire

/// A server's list of models, in any of the shapes in use, or what stood there in its place.
struct ModelsPage {
    /// As the server calls them.
    var names: [String] = []
    var server: Shown?
    var isLlamaCpp = false
    /// A list, and nothing in it: a router has one whose servers aren't up yet.
    var isEmptyList = false
    /// Why there is no name in it.
    var failure: RequestFailure?

    private static let mostNames = 1000

    init(failure: RequestFailure) { self.failure = failure }

    /// - Parameter path: where it was asked for, for the messages.
    init(_ answer: Answer, path: String, scrubber: Scrubber) {
        let head = answer.head
        let said = head["server"].map { scrubber.shown($0, limit: 40) }
        server = said
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
            let entries = Self.entries(of: json)
            var seen: Set<String> = []
            names = (entries ?? []).prefix(Self.mostNames).compactMap(Self.name).filter {
                !$0.isEmpty && seen.insert($0).inserted
            }
            let owners = (entries ?? []).compactMap { $0["owned_by"]?.string }
            if let owner = owners.first { server = scrubber.shown(owner, limit: 40) }
            isLlamaCpp = said?.text == "llama.cpp" || owners.contains("llamacpp")
            if !names.isEmpty { return }
            if let complaint = json.errorMessage {
                found = "an error with status \(head.status): \(scrubber.shown(complaint))"
            } else if entries?.isEmpty == true {
                isEmptyList = true
                found = "an empty list"
            } else if entries != nil {
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

    private static func entries(of json: JSONValue, depth: Int = 0) -> [JSONValue]? {
        if let list = json.array { return list }
        guard case .object(let members) = json else { return nil }
        var empty: [JSONValue]?
        // Those that are known, and whatever else is called a list of models.
        let others = members.keys.filter { $0.lowercased().contains("model") && json[$0]?.array != nil }
        for key in containers + others.sorted() {
            guard let value = json[key] else { continue }
            // Ollama, llama.cpp and others fill one of two.
            let list = value.array ?? (depth < 2 ? entries(ofTable: value, depth: depth) : nil)
            if let list, !list.isEmpty { return list }
            empty = empty ?? list
        }
        if let empty { return empty }
        guard json.errorMessage == nil else { return nil }
        let isOne = json["object"]?.string == "model" || oneModel.contains { json[$0]?.string != nil }
        return isOne ? [json] : nil
    }

    private static let containers = [
        "data", "models", "model_list", "results", "items", "result", "list", "body", "response", "payload",
        "content", "value",
    ]
    /// Names of a page about the one model that there is.
    private static let oneModel = ["model", "model_id", "model_name", "modelId"]

    /// `{"models":{"name":{…}}}`
    private static func entries(ofTable value: JSONValue, depth: Int) -> [JSONValue]? {
        guard case .object(let members) = value else { return nil }
        if let inner = entries(of: value, depth: depth + 1) { return inner }
        // Of models, by their names; not of anything else.
        let isTable = members.values.allSatisfy { if case .object = $0 { true } else { false } }
        return isTable ? members.keys.sorted().map { .string($0) } : nil
    }

    private static func name(_ entry: JSONValue) -> String? {
        if let name = entry.string { return name }
        // Some number their models beside naming them: the name is what is asked for.
        if let name = entry["name"]?.string, !name.isEmpty, entry["id"]?.string.map(isNumber) == true {
            return name
        }
        return ["id", "model", "name", "model_name", "model_id", "modelId", "modelName", "key"].lazy
            .compactMap { entry[$0]?.string }.first { !$0.isEmpty }
    }

    /// A UUID.
    private static func isNumber(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
            && text.allSatisfy { $0.isHexDigit || $0 == "-" }
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
