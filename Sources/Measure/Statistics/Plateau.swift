/// Where more users stop buying more tokens.
package struct Plateau: Hashable, Sendable, Codable {
    /// Tokens/s: the best that the endpoint gives, from the fit where there is one, else as measured.
    package var throughput: Double
    /// The concurrency from which more users buy less than 5 % more throughput; a measured level.
    package var concurrency: Int
    /// 95 % half-width of `throughput`, tokens/s; nil when it can't be told.
    package var halfWidth: Double?
    /// False while throughput still grew at the last level: then this is a lower bound.
    package var reached: Bool
    /// The fitted law, when there were enough levels for one.
    package var law: ScalabilityLaw?

    package init(
        throughput: Double, concurrency: Int, halfWidth: Double?, reached: Bool, law: ScalabilityLaw?
    ) {
        self.throughput = throughput
        self.concurrency = concurrency
        self.halfWidth = halfWidth
        self.reached = reached
        self.law = law
    }
}

/// Gunther's Universal Scalability Law, X(n) = λn / (1 + σ(n−1) + κn(n−1)).
/// (N. J. Gunther, *Guerrilla Capacity Planning*, Springer 2007, chapter 4.)
package struct ScalabilityLaw: Hashable, Sendable, Codable {
    /// Throughput of one user, tokens/s.
    package var lambda: Double
    /// Contention: the share that has to wait its turn.
    package var sigma: Double
    /// Coherency: the cost of each pair of users.
    package var kappa: Double

    package init(lambda: Double, sigma: Double, kappa: Double) {
        self.lambda = lambda
        self.sigma = sigma
        self.kappa = kappa
    }

    /// Tokens/s at `users`.
    package func throughput(at users: Double) -> Double {
        lambda * users / (1 + sigma * (users - 1) + kappa * users * (users - 1))
    }
}

/// The largest concurrency at which the latency budget holds.
package struct LoadLine: Hashable, Sendable, Codable {
    package var concurrency: Int
    /// Tokens/s at that concurrency.
    package var throughput: Double
    /// The first concurrency seen that broke the budget; nil when none did: the line is further out.
    package var brokenAt: Int?

    package init(concurrency: Int, throughput: Double, brokenAt: Int?) {
        self.concurrency = concurrency
        self.throughput = throughput
        self.brokenAt = brokenAt
    }
}
