/// The server's own count of tokens, so far or at the end. As it said it: whether that can be is for others
/// to weigh. A count beyond all bounds is kept as `Int(UInt32.max) - 1`, so that no sum of them can overflow.
package struct TokenUsage: Hashable, Sendable {
    // Small, since one goes with every chunk.
    private var promptCount = Self.unsaid
    private var completionCount = Self.unsaid
    private var totalCount = Self.unsaid
    private var cachedCount = Self.unsaid
    private var reasoningCount = Self.unsaid
    /// Not from `usage`, but from figures beside it (llama.cpp's `timings`): for want of anything better.
    package var isMakeshift = false

    private static let unsaid = UInt32.max

    package init(
        prompt: Int? = nil, completion: Int? = nil, total: Int? = nil, cached: Int? = nil,
        reasoning: Int? = nil
    ) {
        self.prompt = prompt
        self.completion = completion
        self.total = total
        self.cached = cached
        self.reasoning = reasoning
    }

    package var prompt: Int? {
        get { Self.value(promptCount) }
        set { promptCount = Self.count(newValue) }
    }
    package var completion: Int? {
        get { Self.value(completionCount) }
        set { completionCount = Self.count(newValue) }
    }
    /// Prompt and completion, and what of reasoning is in neither.
    package var total: Int? {
        get { Self.value(totalCount) }
        set { totalCount = Self.count(newValue) }
    }
    /// Of the prompt's, found in the server's prefix cache.
    package var cached: Int? {
        get { Self.value(cachedCount) }
        set { cachedCount = Self.count(newValue) }
    }
    /// Of the completion's, as a rule.
    package var reasoning: Int? {
        get { Self.value(reasoningCount) }
        set { reasoningCount = Self.count(newValue) }
    }

    /// All zero: Ollama puts such a one on every chunk. It says nothing.
    var isVoid: Bool { (prompt ?? 0) == 0 && (completion ?? 0) == 0 && (total ?? 0) == 0 }

    /// What is said later replaces what was said before, and leaves what it doesn't say about the prompt.
    package mutating func update(with later: TokenUsage) {
        var updated = later
        if later.promptCount == Self.unsaid { updated.promptCount = promptCount }
        if later.cachedCount == Self.unsaid { updated.cachedCount = cachedCount }
        self = updated
    }

    private static func value(_ count: UInt32) -> Int? { count == unsaid ? nil : Int(count) }

    private static func count(_ value: Int?) -> UInt32 {
        value.map { min(UInt32(clamping: $0), unsaid - 1) } ?? unsaid
    }
}
