/// `/v1/models` in any of the shapes in use.
enum OpenAIModels {
    static func list(_ document: JSONValue) -> ListedModels? {
        guard let entries = entries(of: document) else { return nil }
        return ListedModels(
            names: entries.compactMap(name), entries: entries.count,
            servers: entries.compactMap { $0["owned_by"]?.string })
    }

    private static func entries(of json: JSONValue) -> [JSONValue]? {
        if let list = json.array { return list }
        var empty: [JSONValue]?
        for key in ["data", "models", "model_list", "results", "items", "result"] {
            guard let value = json[key] else { continue }
            // Ollama, llama.cpp and others fill one of two.
            let list = value.array ?? entries(ofTable: value)
            if let list, !list.isEmpty { return list }
            empty = empty ?? list
        }
        return empty ?? (json["object"]?.string == "model" ? [json] : nil)
    }

    /// `{"models":{"name":{…}}}`
    private static func entries(ofTable value: JSONValue) -> [JSONValue]? {
        guard case .object(let members) = value else { return nil }
        if let inner = value["data"]?.array ?? value["models"]?.array { return inner }
        return members.keys.sorted().map { .string($0) }
    }

    private static func name(_ entry: JSONValue) -> String? {
        if let name = entry.string { return name }
        return ["id", "model", "name", "model_name", "model_id", "key"].lazy.compactMap { entry[$0]?.string }
            .first { !$0.isEmpty }
    }
}
