package import Measure

/// What was asked for: against it levels are judged.
package struct LedgerSettings: Sendable {
    package var trust: TrustContext

    package init(budget: LatencyBudget? = nil, trust: TrustContext = TrustContext()) {
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
