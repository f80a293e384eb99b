/// The Universal Scalability Law as fitted to measured levels, with what is known of its accuracy.
package struct ScalabilityFit: Hashable, Sendable {
    package var law: ScalabilityLaw
    /// λ's 95 % half-width; infinite when the points leave no freedom to tell.
    package var lambdaHalfWidth: Double
    /// The ceiling with its 95 % half-width (by the delta method; in truth some 88 % where κ lies on its bound
    /// of 0); nil when there is none.
    package var ceiling: Estimate?
    /// The largest distance of a point in the upper half (from half the best throughput up) from the curve,
    /// as a share of the point.
    package var worstMiss: Double
    /// Distinct concurrencies that went in.
    package var distinct: Int
}

extension ScalabilityLaw {
    /// Fits the law to measured levels by weighted nonlinear least squares.
    ///
    /// In the form X(n) = n / (a + b(n−1) + c·n(n−1)), with a = 1/λ, b = σ/λ and c = κ/λ, the law is linear
    /// in n/X: that gives the start, and Levenberg–Marquardt does the rest on X itself. σ, κ ≥ 0 is kept by
    /// trying each set of terms (with or without σ, with or without κ) and taking the best that is allowed.
    ///
    /// - Parameter points: concurrency, tokens/s and, where known, its 95 % half-width, in any order.
    /// - Returns: nil for fewer than three distinct concurrencies or throughputs that fit no such law.
    package static func fit(
        points: [(users: Int, throughput: Double, halfWidth: Double?)]
    ) -> ScalabilityFit? {
        let usable = points.filter { $0.users > 0 && $0.throughput.isFinite && $0.throughput > 0 }
        let distinct = Set(usable.map(\.users)).count
        guard distinct >= 3 else { return nil }
        let samples = usable.map { point -> ScalabilitySolver.Sample in
            // A floor of 1 %: no level is known better than that, whatever its own interval says, as one level
            // differs from the next by more than its inner noise. Without an interval, 3 %.
            let measured = point.halfWidth.map {
                $0.isFinite && $0 >= 0 ? $0 / 1.96 : 0.03 * point.throughput
            }
            let error = max(measured ?? 0.03 * point.throughput, 0.01 * point.throughput)
            return ScalabilitySolver.Sample(
                users: Double(point.users), throughput: point.throughput, error: error)
        }
        let termSets = [[0, 1, 2], [0, 1], [0, 2], [0]]
        let solutions = termSets.compactMap { ScalabilitySolver(samples: samples, terms: $0).solve() }
        guard let best = solutions.min(by: { $0.cost < $1.cost }) else { return nil }
        return describe(best, samples: samples, distinct: distinct)
    }

    private static func describe(
        _ solution: ScalabilitySolver.Solution, samples: [ScalabilitySolver.Sample], distinct: Int
    ) -> ScalabilityFit {
        let law = solution.law
        let freedom = samples.count - solution.terms.count
        // Misfit beyond the levels' own noise widens the intervals; a lucky fit does not narrow them.
        let spread = freedom > 0 ? max(1, solution.cost / Double(freedom)) : 1
        let factor = (StudentT.factor95(degreesOfFreedom: freedom) ?? .infinity) * spread.squareRoot()

        func halfWidth(of value: (ScalabilityLaw) -> Double) -> Double {
            let slopes = solution.slopes(of: value)
            let variance = zip(slopes, SmallLinearSystem.product(solution.covariance, slopes))
                .reduce(0) { $0 + $1.0 * $1.1 }
            // 0 × ∞: what does not vary is known, however little freedom there is.
            return variance > 0 ? factor * variance.squareRoot() : 0
        }
        let ceiling = law.peak.map { peak in
            Estimate(
                mean: peak.throughput,
                halfWidth: halfWidth { $0.peak?.throughput ?? peak.throughput })
        }
        let top = samples.map(\.throughput).max() ?? 0
        let misses = samples.filter { $0.throughput >= top / 2 }
            .map { abs(law.throughput(at: $0.users) - $0.throughput) / $0.throughput }
        return ScalabilityFit(
            law: law, lambdaHalfWidth: halfWidth(of: \.lambda), ceiling: ceiling,
            worstMiss: misses.max() ?? 0, distinct: distinct)
    }
}
