/// Request fields that not every server takes; discovery finds out which. One list for all APIs: each has
/// its own choice of them.
package struct OptionalFields: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `stream_options.include_usage`
    package static let includeUsage = OptionalFields(rawValue: 1)
    /// `stream_options.continuous_usage_stats`; only together with `includeUsage`.
    package static let continuousUsage = OptionalFields(rawValue: 2)
    package static let ignoreEOS = OptionalFields(rawValue: 4)
    package static let minTokens = OptionalFields(rawValue: 8)
    /// llama.cpp's `cache_prompt: false`.
    package static let noPromptCache = OptionalFields(rawValue: 16)
    /// `max_completion_tokens` in place of `max_tokens`.
    package static let maxCompletionTokens = OptionalFields(rawValue: 32)
    package static let temperature = OptionalFields(rawValue: 64)

    private static let names: [(OptionalFields, String)] = [
        (.includeUsage, "include_usage"), (.continuousUsage, "continuous_usage_stats"),
        (.ignoreEOS, "ignore_eos"), (.minTokens, "min_tokens"), (.noPromptCache, "cache_prompt"),
        (.maxCompletionTokens, "max_completion_tokens"), (.temperature, "temperature"),
    ]

    /// Each of them, alone.
    package static let all: [OptionalFields] = names.map(\.0)

    /// The fields by their names on the wire.
    package var wireNames: [String] {
        Self.names.compactMap { contains($0.0) ? $0.1 : nil }
    }

    /// What makes no sense without it.
    package var dependents: OptionalFields { self == .includeUsage ? .continuousUsage : [] }
}

/// The optional fields of an API, and what its refusals call them.
package struct RequestFields: Hashable, Sendable {
    /// All that are sent where the server takes them. Where a refusal names none of them, they are added one by
    /// one to a bare request, in this order: the most useful first.
    package var wanted: [OptionalFields]
    /// Names in refusals that mean several fields: these, the first to be given up first.
    package var groups: [String: [OptionalFields]]
    /// What refusals call the limit of an answer's length. Where it has an other name, the two that are sent
    /// come first.
    package var limitNames: [String]
    /// Sends the limit by its other name.
    package var otherLimit: OptionalFields?

    /// An answer can be made as long as was asked for.
    package var forcesLength: Bool { wanted.contains(.ignoreEOS) }

    package init(
        wanted: [OptionalFields], groups: [String: [OptionalFields]] = [:], limitNames: [String],
        otherLimit: OptionalFields? = nil
    ) {
        self.wanted = wanted
        self.groups = groups
        self.limitNames = limitNames
        self.otherLimit = otherLimit
    }
}
