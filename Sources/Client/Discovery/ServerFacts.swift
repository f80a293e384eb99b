package import Measure
import Wire

/// What a server says of itself beside its API: for people to read, and nothing is decided by it.
package struct ServerFacts: Hashable, Sendable {
    package var version: Shown?
    /// Tokens of a prompt and its answer together.
    package var contextLength: Int?

    package init(version: Shown? = nil, contextLength: Int? = nil) {
        self.version = version
        self.contextLength = contextLength
    }
}

extension DiscoveredEndpoint {
    package func facts() async -> ServerFacts {
        await facts { $0.version != nil && $0.contextLength != nil }
    }

    /// So that a recording says which version was measured.
    package mutating func learnVersion() async {
        info.version = await facts { $0.version != nil }.version
    }

    /// Asks for one page after the other, until it is enough or one isn't answered.
    private func facts(isEnough: (ServerFacts) -> Bool) async -> ServerFacts {
        var facts = ServerFacts()
        for page in ServerFacts.pages.map({ serverRoot + $0 }) + [address.modelsTarget(for: dialect)] {
            guard !isEnough(facts) else { break }
            do throws(RequestFailure) {
                let answer = try await self.page(at: page, accept: "application/json")
                guard answer.status == 200, let document = JSONValue(parsing: answer.body) else { continue }
                facts.version = facts.version ?? ServerFacts.version(in: document, settings.scrubber)
                facts.contextLength =
                    facts.contextLength ?? ServerFacts.contextLength(in: document, of: model)
            } catch {
                break
            }
        }
        return facts
    }
}

extension ServerFacts {
    /// Where servers say such things: vLLM and TensorRT-LLM, llama.cpp, TGI, SGLang, Ollama. The model that is loaded
    /// before the one that is listed: that may have room for more than it was loaded with.
    static let pages = [
        "/version", "/props", "/info", "/server_info", "/get_server_info", "/api/version", "/api/ps",
    ]

    static func version(in document: JSONValue, _ scrubber: Scrubber) -> Shown? {
        ["version", "build_info"].lazy.compactMap { document[$0]?.string }.first { !$0.isEmpty }
            .map { scrubber.shown($0, limit: 60) }
    }

    private static let lengths = [
        "loaded_context_length", "n_ctx", "max_model_len", "max_total_tokens", "context_length",
        "context_window",
        "max_context_length", "n_ctx_train",
    ]

    /// Of the model's entry in a list, or of the page about the only one.
    static func contextLength(in document: JSONValue, of model: String) -> Int? {
        let list = ["data", "models"].lazy.compactMap { document[$0]?.array }.first { !$0.isEmpty }
        let entry = list.map { entries in
            entries.first { entry in ["id", "model", "name"].contains { entry[$0]?.string == model } }
        }
        guard let place = entry ?? document else { return nil }
        for part in [place["default_generation_settings"], place, place["meta"]] {
            let length = lengths.lazy.compactMap { part?[$0]?.integer }.first { $0 > 0 }
            if let length { return length }
        }
        return nil
    }
}
