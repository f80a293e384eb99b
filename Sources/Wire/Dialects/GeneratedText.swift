/// Finds generated text in the shapes that some servers give it: lists of parts, parts in parts, objects with
/// a text inside. Whatever string isn't known to be something else is text. The slow way: the plain shapes
/// never come here.
enum GeneratedText {
    /// Consumes the value that comes next.
    static func scan(
        _ scanner: inout JSONScanner, as kind: StreamChunk.Content, into chunk: inout StreamChunk,
        depth: Int = 0
    ) {
        switch scanner.peek() {
        case UInt8(ascii: "\""):
            if let text = scanner.string() { chunk.add(text, as: kind) }
        case UInt8(ascii: "[") where depth < WireLimits.depth:
            scanner.array { scanner, _ in scan(&scanner, as: kind, into: &chunk, depth: depth + 1) }
        case UInt8(ascii: "{") where depth < WireLimits.depth:
            scanObject(&scanner, as: kind, into: &chunk, depth: depth)
        default:
            scanner.skipValue()
        }
    }

    /// A member of a delta, or of anything in it: consumes the value.
    static func scanMember(
        _ key: JSONScanner.Text, _ scanner: inout JSONScanner, as kind: StreamChunk.Content,
        into chunk: inout StreamChunk, depth: Int = 0
    ) {
        switch scanner.peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"):
            let name = Array(scanner.bytes(of: key))
            let kind = Self.kind(of: name) ?? kind
            guard !isDescription(name, in: kind) else { return scanner.skipValue() }
            scan(&scanner, as: kind, into: &chunk, depth: depth + 1)
        default:
            scanner.skipValue()
        }
    }

    private static func scanObject(
        _ scanner: inout JSONScanner, as kind: StreamChunk.Content, into chunk: inout StreamChunk, depth: Int
    ) {
        var found = StreamChunk()
        var isReasoning = false
        scanner.object { scanner, key in
            if scanner.matches(key, "type") {
                guard let type = scanner.stringOrSkip() else { return }
                isReasoning = Self.kind(of: Array(scanner.bytes(of: type))) == .reasoning
            } else {
                scanMember(key, &scanner, as: kind, into: &found, depth: depth)
            }
        }
        // The type may stand behind the text.
        if isReasoning, found.content.contains(.text) {
            found.content.remove(.text)
            found.content.insert(.reasoning)
        }
        chunk.content.formUnion(found.content)
        chunk.textBytes += found.textBytes
    }

    private static func kind(of name: [UInt8]) -> StreamChunk.Content? {
        if ["reason", "think", "thought"].contains(where: { name.starts(with: $0.utf8) }) {
            return .reasoning
        }
        if ["tool", "function"].contains(where: { name.starts(with: $0.utf8) }) { return .toolCall }
        return nil
    }

    /// The name of a member that says something about the text, and isn't text.
    private static func isDescription(_ name: [UInt8], in kind: StreamChunk.Content) -> Bool {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        // A call's name is generated, all other names are given.
        if name == "name" { return kind != .toolCall }
        return descriptions.contains(name) || endings.contains { name.hasSuffix($0) }
    }

    private static let descriptions: Set<String> = [
        "annotations", "author", "cache_control", "channel", "citations", "context",
        "created", "data", "date",
        "detail", "documents", "effort", "encoding", "encrypted", "encrypted_content", "event",
        "executed_tools",
        "extra_content", "filename", "fingerprint", "format", "id", "ids", "index", "kind", "lang",
        "language", "locale", "logprobs", "metadata", "mime", "mode", "model", "object", "obfuscation",
        "padding", "phase",
        "provider", "recipient", "references", "role", "search_results", "sender", "signature", "source",
        "sources", "stage",
        "state", "status", "system_fingerprint", "time", "timestamp", "title", "type", "uri", "url",
        "usage", "user", "uuid", "version",
    ]

    private static let endings = [
        "_at", "_id", "_ids", "_metadata", "_name", "_reason", "_signature", "_type", "_uri", "_url",
        "callid", "mimetype", "signature", "toolcallid",
    ]
}
