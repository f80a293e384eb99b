import Wire

/// Which of the request's fields a server is asked with, and what its refusals teach.
struct FieldChoice {
    /// What is sent.
    private(set) var fields: OptionalFields
    /// The length of a trial's answer: short, but some servers refuse what is too short.
    private(set) var outputTokens = lengths[0]
    /// All that was to be sent.
    private var wanted: OptionalFields
    private var hasSwitchedLimit = false

    static let lengths = [4, 16, 64, 256]
    /// In which they are added one by one to a bare request, where a refusal names none of them: the most
    /// useful first.
    static let order: [OptionalFields] = [
        .includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature, .noPromptCache,
    ]

    init(isLlamaCpp: Bool) {
        wanted = [.includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature]
        if isLlamaCpp { wanted.insert(.noPromptCache) }
        fields = wanted
    }

    /// Wanted, and not sent any more.
    var refused: OptionalFields { wanted.subtracting(fields) }

    var isBare: Bool { fields.subtracting(.maxCompletionTokens).isEmpty }

    /// What is left to be added to a bare request.
    var addable: [OptionalFields] {
        Self.order.filter {
            wanted.contains($0) && !fields.contains($0)
                && ($0 != .continuousUsage || fields.contains(.includeUsage))
        }
    }

    mutating func takeAll() { fields = wanted.union(fields.intersection(.maxCompletionTokens)) }

    mutating func takeNone() { fields = fields.intersection(.maxCompletionTokens) }

    mutating func add(_ field: OptionalFields) { fields.insert(field) }

    mutating func drop(_ field: OptionalFields) {
        fields.subtract(field == .includeUsage ? [.includeUsage, .continuousUsage] : field)
    }

    /// A refusal names one of the fields that can be given up.
    func isNamed(in text: RefusalText) -> Bool {
        !text.named(among: fields.subtracting(.maxCompletionTokens).wireNames + streamOptions).isEmpty
    }

    private var streamOptions: [String] { fields.contains(.includeUsage) ? ["stream_options"] : [] }

    /// Gives up the one field that a refusal names, or asks for longer answers where these are too short. False
    /// when the refusal teaches nothing that can be done.
    mutating func adapt(to text: RefusalText) -> Bool {
        let optional = fields.subtracting(.maxCompletionTokens).wireNames
        let limits = ["max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens"]
        guard let name = text.named(among: optional + streamOptions + limits).first else {
            return text.wantsMore(than: outputTokens) && lengthen()
        }
        if limits.contains(name) { return adaptLimit(to: text) }
        if streamOptions.contains(name) || name == "include_usage" {
            // Only a part of it may be too much: the count at the end is worth more than that on each chunk.
            drop(fields.contains(.continuousUsage) ? .continuousUsage : .includeUsage)
        } else {
            Self.order.first { $0.wireNames == [name] }.map { drop($0) }
        }
        return true
    }

    private mutating func adaptLimit(to text: RefusalText) -> Bool {
        if text.isAboutLength { return false }
        let other = fields.contains(.maxCompletionTokens) ? "max_tokens" : "max_completion_tokens"
        if text.names(other) || text.isAboutUnknownField { return switchLimit() || lengthen() }
        return lengthen() || switchLimit()
    }

    /// To the limit's other name, once.
    private mutating func switchLimit() -> Bool {
        guard !hasSwitchedLimit else { return false }
        hasSwitchedLimit = true
        fields.formSymmetricDifference(.maxCompletionTokens)
        return true
    }

    private mutating func lengthen() -> Bool {
        guard let next = Self.lengths.first(where: { $0 > outputTokens }) else { return false }
        outputTokens = next
        return true
    }
}
