import Wire

/// Which of the request's fields a server is asked with, and what its refusals teach.
struct FieldChoice {
    /// What is sent.
    private(set) var fields: OptionalFields = []
    /// The length of a trial's answer: short, but some servers refuse what is too short.
    private(set) var outputTokens = lengths[0]
    /// What the API has.
    let known: RequestFields
    private var hasSwitchedLimit = false

    static let lengths = [4, 16, 64, 256]

    init(_ known: RequestFields) {
        self.known = known
        fields = wanted
    }

    private var wanted: OptionalFields { OptionalFields(known.wanted) }
    /// Is no field of its own: what is always sent by another name.
    private var limit: OptionalFields { known.otherLimit ?? [] }

    /// Wanted, and not sent any more.
    var refused: OptionalFields { wanted.subtracting(fields) }

    var isBare: Bool { fields.subtracting(limit).isEmpty }

    /// In which they are added one by one to a bare request.
    var order: [OptionalFields] { known.wanted }

    /// What is left to be added to a bare request.
    var addable: [OptionalFields] {
        known.wanted.filter { field in
            !fields.contains(field)
                && !known.wanted.contains { $0.dependents.contains(field) && !fields.contains($0) }
        }
    }

    mutating func takeAll() { fields = wanted.union(fields.intersection(limit)) }

    mutating func takeNone() { fields = fields.intersection(limit) }

    mutating func add(_ field: OptionalFields) { fields.insert(field) }

    mutating func drop(_ field: OptionalFields) { fields.subtract(field.union(field.dependents)) }

    /// A refusal names one of the fields that can be given up.
    func isNamed(in text: RefusalText) -> Bool { !text.named(among: optional).isEmpty }

    /// What can be given up, by all the names that it may be refused by.
    private var optional: [String] { fields.subtracting(limit).wireNames + groups.keys.sorted() }

    private var groups: [String: [OptionalFields]] {
        known.groups.filter { !fields.isDisjoint(with: OptionalFields($0.value)) }
    }

    /// Gives up the one field that a refusal names, or asks for longer answers where these are too short. False
    /// when the refusal teaches nothing that can be done.
    mutating func adapt(to text: RefusalText) -> Bool {
        guard let name = text.named(among: optional + known.limitNames).first else {
            return text.wantsMore(than: outputTokens) && lengthen()
        }
        if known.limitNames.contains(name) { return adaptLimit(to: text) }
        let candidates = groups[name] ?? known.wanted.filter { $0.wireNames == [name] }
        if let field = candidates.first(where: { fields.contains($0) }) { drop(field) }
        return true
    }

    private mutating func adaptLimit(to text: RefusalText) -> Bool {
        if text.isAboutLength { return false }
        guard !limit.isEmpty else { return lengthen() }
        let other = known.limitNames[fields.isDisjoint(with: limit) ? 1 : 0]
        if text.names(other) || text.isAboutUnknownField { return switchLimit() || lengthen() }
        return lengthen() || switchLimit()
    }

    /// To the limit's other name, once.
    private mutating func switchLimit() -> Bool {
        guard !hasSwitchedLimit else { return false }
        hasSwitchedLimit = true
        fields.formSymmetricDifference(limit)
        return true
    }

    private mutating func lengthen() -> Bool {
        guard let next = Self.lengths.first(where: { $0 > outputTokens }) else { return false }
        outputTokens = next
        return true
    }
}
