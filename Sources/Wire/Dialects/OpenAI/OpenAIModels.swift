/// `/v1/models` in any of the shapes in use.
enum OpenAIModels {
    static func list(_ document: JSONValue) -> ListedModels? {
        guard let entries = entries(of: document) else { return nil }
        return ListedModels(
            names: entries.compactMap(name), entries: entries.count,
            servers: entries.compactMap { $0["owned_by"]?.string })
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
