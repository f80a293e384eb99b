import Measure

/// What was asked for: against it levels are judged.
public struct LedgerSettings: Sendable {
    public var trust: TrustContext

    public init(budget: LatencyBudget? = nil, trust: TrustContext = TrustContext()) {
        self.trust = trust
        self.trust.budget = budget ?? trust.budget
    }

    var budget: LatencyBudget? { trust.budget }

    func trust(for endpoint: EndpointInfo) -> TrustContext {
        var context = trust
        context.allowedCachedTokens = endpoint.templateCacheTokens ?? 0
        return context
    }
}
