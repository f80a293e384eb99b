import Wire

/// What a refusal's body says, whatever its shape: the request's fields that it names, and what it is about.
struct RefusalText {
    /// Where bodies tell in a place of its own which field they mean: `loc`, `param`, a member's name.
    private var places: [String] = []
    /// All else that is said.
    private var words: [String] = []

    private static let bodyLimit = 256 * 1024
    private static let mostStrings = 2000
    /// Members that quote the request: what stands there is no complaint.
    private static let echoes: Set<String> = [
        "input", "request", "request_body", "requestbody", "received", "payload", "original_request",
        "kwargs",
    ]
    private static let placeNames: Set<String> = [
        "loc", "param", "params", "field", "fields", "parameter", "parameters", "path", "pointer", "property",
        "key", "name", "target", "argument",
    ]

    init(_ text: String) { words = [text] }

    init(body: some Collection<UInt8>) {
        let bytes = body.prefix(Self.bodyLimit)
        if let json = JSONValue(parsing: bytes) {
            collect(json, isPlace: false, depth: 0)
        } else {
            words = [String(decoding: bytes, as: UTF8.self)]
        }
    }

    private mutating func collect(_ value: JSONValue, isPlace: Bool, depth: Int) {
        guard depth < 16, places.count + words.count < Self.mostStrings else { return }
        switch value {
        case .string(let text):
            // A proxy's message may be another server's whole answer.
            if text.hasPrefix("{") || text.hasPrefix("["), let inner = JSONValue(parsing: Array(text.utf8)) {
                collect(inner, isPlace: isPlace, depth: depth + 1)
            } else if isPlace {
                places.append(text)
            } else {
                words.append(text)
            }
        case .array(let values):
            if isPlace, values.allSatisfy({ $0.string != nil || $0.integer != nil }) {
                places.append(values.compactMap(\.string).joined(separator: "."))
            } else {
                for value in values { collect(value, isPlace: isPlace, depth: depth + 1) }
            }
        case .object(let members):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                let name = key.lowercased()
                if Self.echoes.contains(name) { continue }
                places.append(key)
                collect(value, isPlace: isPlace || Self.placeNames.contains(name), depth: depth + 1)
            }
        case .null, .bool, .number:
            return
        }
    }

    // MARK: Fields

    /// Those of `names` that it names, the likeliest first: as a place, then by where the words name it. Nothing
    /// else may stand beside the name in one word.
    func named(among names: [String]) -> [String] {
        var found: [String] = []
        for text in places + words {
            let here = names.compactMap { name in Self.place(of: name, in: text).map { (name, $0) } }
            for (name, _) in here.sorted(by: { $0.1 < $1.1 }) where !found.contains(name) {
                found.append(name)
            }
        }
        return found
    }

    func names(_ field: String) -> Bool { !named(among: [field]).isEmpty }

    private static func place(of name: String, in text: String) -> Int? {
        let (bytes, wanted) = (Array(text.utf8), Array(name.utf8))
        guard bytes.count >= wanted.count else { return nil }
        func isWord(_ place: Int) -> Bool {
            guard bytes.indices.contains(place) else { return false }
            let byte = bytes[place]
            return byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        return (0...(bytes.count - wanted.count)).first { start in
            bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
                && !isWord(start - 1) && !isWord(start + wanted.count)
        }
    }

    // MARK: Meaning

    private var lowered: String { (words + places).joined(separator: "\n").lowercased() }

    private func says(_ phrases: [String]) -> Bool {
        let text = lowered
        return phrases.contains { text.contains($0) }
    }

    /// The prompt is too long for it.
    var isAboutLength: Bool {
        says([
            "context length", "context window", "context size", "context_length", "context limit",
            "available context", "maximum context", "max_model_len", "n_ctx", "too long", "too large",
            "too many tokens", "input length", "prompt length", "maximum length", "exceeds the model",
            "max_input_tokens", "max_input_length", "max_total_tokens", "inputs tokens", "input tokens",
        ])
    }

    /// It isn't ready yet.
    var isAboutLoading: Bool {
        says([
            "loading", "starting", "warming", "warm up", "warmup", "not ready", "initializing",
            "initialising",
            "still being loaded", "currently being loaded", "downloading",
        ])
    }

    /// A field isn't known at all, or not wanted.
    var isAboutUnknownField: Bool {
        says([
            "unsupported", "unknown", "unrecogni", "unexpected", "extra", "not permitted", "not supported",
            "not allowed", "instead", "deprecated", "forbidden",
        ])
    }

    var isAboutModel: Bool { says(["model"]) }

    /// It speaks another protocol on this port.
    var wantsTLS: Bool { says(["https port", "sent to https", "client sent an http request to an https"]) }

    /// It wants longer answers than of `tokens`, without naming the field.
    func wantsMore(than tokens: Int) -> Bool {
        guard !isAboutLength else { return false }
        let isAboutOutput = says(["output", "completion", "answer", "generate", "max tokens", "n_predict"])
        let saysSmall = says([
            "at least", "minimum", "greater than", "larger than", "more than", ">=", "≥", "> ", "too small",
            "too low", "too short", "too few", "below", "less than", "lower than", "not smaller",
        ])
        let hasNumber = numbers.contains { $0 > tokens && $0 <= 4096 }
        return saysSmall && (isAboutOutput || hasNumber)
    }

    /// Whole numbers in its words.
    private var numbers: [Int] {
        words.flatMap { $0.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) } }
    }
}
