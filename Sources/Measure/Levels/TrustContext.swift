/// What a level was meant to be, against which its figures are judged.
package struct TrustContext: Hashable, Sendable {
    /// Prompt and answer length as asked for; nil when nothing was.
    package var askedInputTokens: Int?
    package var askedOutputTokens: Int?
    /// Failed over finished requests, from which a level is not trusted.
    package var errorLimit: Double
    /// Cached tokens a request that nobody can help: the chat template's beginning is the same every time.
    package var allowedCachedTokens: Int
    package var window: WindowCircumstances
    package var budget: LatencyBudget?
    /// It was run before, and contradicted its neighbours then and now.
    package var isContradicted = false

    package init(
        askedInputTokens: Int? = nil, askedOutputTokens: Int? = nil, errorLimit: Double = 0.05,
        allowedCachedTokens: Int = 0, window: WindowCircumstances = WindowCircumstances(),
        budget: LatencyBudget? = nil
    ) {
        self.askedInputTokens = askedInputTokens
        self.askedOutputTokens = askedOutputTokens
        self.errorLimit = errorLimit
        self.allowedCachedTokens = allowedCachedTokens
        self.window = window
        self.budget = budget
    }

    /// What `plan` asks of every level.
    package init(of plan: SessionPlan) {
        self.init(
            askedInputTokens: plan.workload.inputTokens, askedOutputTokens: plan.workload.outputTokens,
            errorLimit: plan.sweep.errorLimit, budget: plan.sweep.budget)
    }
}
