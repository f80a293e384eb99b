/// Least squares for X(n) = n / (a + b(n−1) + c·n(n−1)) with some of the terms left out.
struct ScalabilitySolver {
    struct Sample {
        var users: Double
        var throughput: Double
        /// One standard deviation.
        var error: Double

        /// What a, b and c are multiplied with.
        var basis: [Double] { [1, users - 1, users * (users - 1)] }
    }

    struct Solution {
        /// Which of a, b, c are free; the others are 0.
        var terms: [Int]
        /// a, b, c.
        var values: [Double]
        /// χ².
        var cost: Double
        /// Of the free terms, for samples whose errors are as stated.
        var covariance: [[Double]]

        var law: ScalabilityLaw { ScalabilitySolver.law(values) }

        /// How much `value` changes with each free term, by central differences.
        func slopes(of value: (ScalabilityLaw) -> Double) -> [Double] {
            terms.map { term in
                let step = max(abs(values[term]), values[0] * 1e-6) * 1e-4
                var up = values
                var down = values
                up[term] += step
                down[term] = max(0, down[term] - step)
                let change = value(ScalabilitySolver.law(up)) - value(ScalabilitySolver.law(down))
                let slope = change / (up[term] - down[term])
                return slope.isFinite ? slope : 0
            }
        }
    }

    var samples: [Sample]
    var terms: [Int]

    static func law(_ values: [Double]) -> ScalabilityLaw {
        ScalabilityLaw(lambda: 1 / values[0], sigma: values[1] / values[0], kappa: values[2] / values[0])
    }

    func solve() -> Solution? {
        guard var values = start(), var cost = cost(of: values) else { return nil }
        var damping = 1e-3
        for _ in 0..<100 {
            let (curvature, slope) = normalEquations(at: values)
            var damped = curvature
            for index in terms.indices { damped[index][index] *= 1 + damping }
            guard let inverse = SmallLinearSystem.inverse(damped) else { break }
            let step = SmallLinearSystem.product(inverse, slope)
            var trial = values
            for (index, term) in terms.enumerated() { trial[term] += step[index] }
            if allowed(trial), let trialCost = self.cost(of: trial), trialCost <= cost {
                let gain = cost - trialCost
                values = trial
                cost = trialCost
                damping = max(damping / 10, 1e-12)
                if gain <= 1e-12 * max(cost, 1e-12) { break }
            } else {
                damping *= 10
                if damping > 1e12 { break }
            }
        }
        guard let covariance = SmallLinearSystem.inverse(normalEquations(at: values).curvature) else {
            return nil
        }
        return Solution(terms: terms, values: values, cost: cost, covariance: covariance)
    }

    private func allowed(_ values: [Double]) -> Bool {
        values[0] > 0 && values[1] >= 0 && values[2] >= 0 && values.allSatisfy(\.isFinite)
    }

    private func denominator(_ sample: Sample, _ values: [Double]) -> Double {
        zip(sample.basis, values).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func cost(of values: [Double]) -> Double? {
        let total = samples.reduce(0) { total, sample in
            let miss = (sample.throughput - sample.users / denominator(sample, values)) / sample.error
            return total + miss * miss
        }
        return total.isFinite ? total : nil
    }

    /// The linear fit of n/X, each point weighed so that its error is that of X.
    private func start() -> [Double]? {
        var curvature = terms.map { _ in terms.map { _ in 0.0 } }
        var slope = terms.map { _ in 0.0 }
        for sample in samples {
            let ratio = sample.users / sample.throughput
            let weight = sample.throughput / (ratio * sample.error)
            add(sample.basis, target: ratio, weight: weight * weight, to: &curvature, &slope)
        }
        guard let inverse = SmallLinearSystem.inverse(curvature) else { return nil }
        var values = [0.0, 0.0, 0.0]
        for (term, value) in zip(terms, SmallLinearSystem.product(inverse, slope)) { values[term] = value }
        return allowed(values) ? values : nil
    }

    private func normalEquations(at values: [Double]) -> (curvature: [[Double]], slope: [Double]) {
        var curvature = terms.map { _ in terms.map { _ in 0.0 } }
        var slope = terms.map { _ in 0.0 }
        for sample in samples {
            let below = denominator(sample, values)
            let factor = -sample.users / (below * below)
            add(
                sample.basis.map { $0 * factor }, target: sample.throughput - sample.users / below,
                weight: 1 / (sample.error * sample.error), to: &curvature, &slope)
        }
        return (curvature, slope)
    }

    private func add(
        _ row: [Double], target: Double, weight: Double, to curvature: inout [[Double]],
        _ slope: inout [Double]
    ) {
        for (left, leftTerm) in terms.enumerated() {
            slope[left] += weight * row[leftTerm] * target
            for (right, rightTerm) in terms.enumerated() {
                curvature[left][right] += weight * row[leftTerm] * row[rightTerm]
            }
        }
    }
}
