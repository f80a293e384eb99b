import Measure

/// What was asked for: against it levels are judged.
public struct LedgerSettings: Sendable {
    public var budget: LatencyBudget?
    public var trust: TrustContext
    /// Tokens that each endpoint's prefix cache holds of every prompt, whoever asks: the chat template's.
    public var templateCacheTokens: [EndpointID: Int]

    public init(
        budget: LatencyBudget? = nil, trust: TrustContext = TrustContext(),
        templateCacheTokens: [EndpointID: Int] = [:]
    ) {
        self.budget = budget
        self.trust = trust
        self.templateCacheTokens = templateCacheTokens
    }

    func trust(for endpoint: EndpointID) -> TrustContext {
        var context = trust
        context.budget = budget
        context.allowedCachedTokens = templateCacheTokens[endpoint] ?? 0
        return context
    }
}
