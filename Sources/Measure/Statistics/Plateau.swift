/// Where more users stop buying more tokens.
package struct Plateau: Hashable, Sendable, Codable {
    /// Tokens/s: the best that the endpoint gives, from the fit where there is one, else as measured.
    package var throughput: Double
    /// The load from which more of it buys less than 5 % more throughput; a measured level.
    package var load: Load
    /// 95 % half-width of `throughput`, tokens/s; nil when it can't be told.
    package var halfWidth: Double?
    /// False while throughput still grew at the last level: then this is a lower bound.
    package var reached: Bool
    /// The fitted law, when there were enough levels for one.
    package var law: ScalabilityLaw?

    package init(
        throughput: Double, load: Load, halfWidth: Double?, reached: Bool, law: ScalabilityLaw?
    ) {
        self.throughput = throughput
        self.load = load
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
