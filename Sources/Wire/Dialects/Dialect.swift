package import Measure

/// One API: everything by which it differs from others is here, and nowhere else. A new one is a folder of its
/// own, and one more entry in `Dialects.all`.
///
/// A dialect has no state. What is common to its family (`OpenAIDialect`) stands in a protocol of the family's.
package protocol Dialect: Sendable {
    // MARK: Where it is

    /// Its name in recordings and exports, and for `--api`.
    static var name: String { get }
    /// What its servers are, in a question: "an OpenAI-compatible endpoint". The same for all of a family: they
    /// have the models' list and the request's fields in common.
    static var family: String { get }
    /// The route behind the API's base ("/chat/completions").
    static var route: String { get }
    /// Where the models are listed, behind the base.
    static var modelsRoute: String { get }

    /// The API's base, by the path that a user gave: what stands before the routes. Without a final slash.
    static func base(of path: String) -> String
    /// The path is a full route of this API.
    static func isRoute(_ path: String) -> Bool

    // MARK: How to ask

    /// The header that a key is sent in.
    static func authentication(_ key: String) -> (name: String, value: String)
    /// The fields that a request may have, for a server of this kind.
    static func fields(for server: ListedModels) -> RequestFields

    init()

    /// A request's body around the place of its prompt.
    func template(for request: RequestShape) -> RequestTemplate

    // MARK: How to read

    /// The models that a server lists; nil when the document is no such list.
    static func models(in document: JSONValue) -> ListedModels?

    /// What a body is made of.
    static var framing: Framing { get }
    /// What the last event of an answer is known by, in words.
    static var endMark: String { get }

    /// What one event says; nil when the bytes are nothing that it can make sense of.
    func scan(_ event: UnsafeRawBufferPointer) -> StreamChunk?

    /// Why a server broke an answer off, in its word. Off the hot path.
    static func finishWord(in event: JSONValue) -> String?
    /// The document is a whole answer, not streamed.
    static func isWholeAnswer(_ document: JSONValue) -> Bool
    /// What a whole answer counts; nil when it counts nothing.
    static func usage(ofWhole body: [UInt8]) -> TokenUsage?
    /// How long the model had to be loaded for a streamed answer, in nanoseconds; nil when it doesn't say.
    static func loadTime(inStream body: [UInt8]) -> Nanoseconds?
}

extension Dialect {
    package static func isRoute(_ path: String) -> Bool { path.hasSuffix(route) }

    package static func authentication(_ key: String) -> (name: String, value: String) {
        ("authorization", "Bearer \(key)")
    }

    package static func loadTime(inStream body: [UInt8]) -> Nanoseconds? { nil }
}

package enum Dialects {
    /// In the order in which discovery tries them.
    package static let all: [any Dialect.Type] = [
        ChatCompletions.self, TextCompletions.self, OllamaChat.self,
    ]

    /// The same, those of one family together.
    package static var families: [[any Dialect.Type]] {
        all.reduce(into: []) { families, dialect in
            if let place = families.firstIndex(where: { $0.first?.family == dialect.family }) {
                families[place].append(dialect)
            } else {
                families.append([dialect])
            }
        }
    }

    package static func named(_ name: String) -> (any Dialect.Type)? {
        all.first { $0.name == name.lowercased() }
    }
}
