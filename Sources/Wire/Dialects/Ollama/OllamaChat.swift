package import Measure

/// Ollama's own `/api/chat`: one JSON object a line, and a last one with `done` and the counts.
package struct OllamaChat: Dialect {
    package static let name = "ollama"
    package static let family = "an Ollama endpoint"
    package static let route = "/api/chat"
    package static let modelsRoute = "/api/tags"
    package static let framing = Framing.lines
    package static let endMark = "“done”"

    package init() {}

    /// Its routes begin at the root, or behind a proxy's prefix.
    package static func base(of path: String) -> String {
        let end = ["/v1", "/api"].first { path.hasSuffix($0) } ?? ""
        return String(path.dropLast(end.count))
    }

    /// `num_predict` is a cap only: there is no way to make an answer longer.
    package static func fields(for server: ListedModels) -> RequestFields {
        RequestFields(wanted: [.temperature], limitNames: ["num_predict"])
    }

    package func template(for request: RequestShape) -> RequestTemplate {
        let messages = request.conversation.asMessages
        let temperature = request.fields.contains(.temperature) ? ",\"temperature\":0" : ""
        return RequestTemplate(
            prefix: "{\"model\":\(JSONValue.quoted(request.model)),\"messages\":\(messages.start)",
            suffix: "\(messages.end),\"stream\":\(request.streams),"
                + "\"options\":{\"num_predict\":\(request.outputTokens)\(temperature)}}")
    }

    /// `{"models":[{"name":…,"model":…}]}`
    package static func models(in document: JSONValue) -> ListedModels? {
        guard let entries = document["models"]?.array else { return nil }
        return ListedModels(
            names: entries.compactMap { $0["model"]?.string ?? $0["name"]?.string }, entries: entries.count,
            servers: ["Ollama"])
    }

    package func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk? { OllamaFields.scan(event) }

    package static func finishWord(in event: JSONValue) -> String? { event["done_reason"]?.string }

    package static func isWholeAnswer(_ document: JSONValue) -> Bool { document["done"] != nil }

    package static func usage(ofWhole body: [UInt8]) -> TokenUsage? {
        body.withUnsafeBytes { OllamaFields.scan($0) }?.usage?.bounded
    }

    /// `load_duration` of the last line; absent when it is zero.
    package static func loadTime(inStream body: [UInt8]) -> Nanoseconds? {
        let lines = body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        return lines.last.flatMap { JSONValue(parsing: $0) }?["load_duration"]?.integer.map {
            Nanoseconds($0)
        }
    }
}
