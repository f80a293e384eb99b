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

extension ScalabilityLaw {
    /// The most that the law ever gives.
    package struct Peak: Hashable, Sendable {
        /// Users; infinite when throughput only approaches its ceiling.
        package var concurrency: Double
        /// Tokens/s.
        package var throughput: Double

        package init(concurrency: Double, throughput: Double) {
            self.concurrency = concurrency
            self.throughput = throughput
        }
    }

    /// At n* = √((1−σ)/κ), or without coherency cost (κ = 0) the asymptote λ/σ; nil when throughput grows
    /// without bound (σ = κ = 0). (Gunther 2007, section 4.4.)
    package var peak: Peak? {
        guard lambda.isFinite, sigma.isFinite, kappa.isFinite, lambda > 0 else { return nil }
        if kappa > 0 {
            let users = max(1, (max(0, 1 - sigma) / kappa).squareRoot())
            return Peak(concurrency: users, throughput: throughput(at: users))
        }
        guard sigma > 0 else { return nil }
        // With σ ≥ 1 the first user is served best.
        if sigma >= 1 { return Peak(concurrency: 1, throughput: lambda) }
        return Peak(concurrency: .infinity, throughput: lambda / sigma)
    }
}
