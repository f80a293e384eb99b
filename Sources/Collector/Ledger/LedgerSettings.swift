import Measure

/// What was asked for: against it levels are judged.
public struct LedgerSettings: Sendable {
    public var trust: TrustContext
    /// Tokens that each endpoint's prefix cache holds of every prompt, whoever asks: the chat template's.
    public var templateCacheTokens: [EndpointID: Int]

    public init(
        budget: LatencyBudget? = nil, trust: TrustContext = TrustContext(),
        templateCacheTokens: [EndpointID: Int] = [:]
    ) {
        self.trust = trust
        self.trust.budget = budget ?? trust.budget
        self.templateCacheTokens = templateCacheTokens
    }

    var budget: LatencyBudget? { trust.budget }

    func trust(for endpoint: EndpointID) -> TrustContext {
        var context = trust
        context.allowedCachedTokens = templateCacheTokens[endpoint] ?? 0
        return context
    }
}
