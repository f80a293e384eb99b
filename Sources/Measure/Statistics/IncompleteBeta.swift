#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The regularized incomplete beta function I_x(a, b): the binomial distribution's tails, for numbers of trials that
/// needn't be whole.
///
/// By its continued fraction (W. H. Press et al., *Numerical Recipes*, 3rd edition, section 6.4), good to some
/// twelve digits.
package enum IncompleteBeta {
    /// - Parameters:
    ///   - x: 0…1; what lies outside counts as the nearer end.
    ///   - a: above 0, as `b`.
    package static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, !x.isNaN else { return .nan }
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
        // The fraction converges fast on its own side of the mean.
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
    }

    /// P(Bin(trials, share) ≥ hits).
    package static func atLeast(_ hits: Double, of trials: Double, share: Double) -> Double {
        if hits <= 0 { return 1 }
        if hits > trials { return 0 }
        return regularized(share, hits, trials - hits + 1)
    }

    /// P(Bin(trials, share) ≤ hits).
    package static func atMost(_ hits: Double, of trials: Double, share: Double) -> Double {
        if hits < 0 { return 0 }
        if hits >= trials { return 1 }
        return regularized(1 - share, trials - hits, hits + 1)
    }

    /// Lentz's method.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1..<10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-14 { break }
        }
        return result
    }

    /// ln Γ(x) for x > 0: Stirling's series, far enough out that its first terms are exact to the last digit. (The
    /// C library's own writes to a global variable.)
    private static func logGamma(_ x: Double) -> Double {
        var x = x
        var shift = 0.0
        while x < 12 {
            shift -= log(x)
            x += 1
        }
        let square = 1 / (x * x)
        let series =
            (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))))
            / x
        return shift + (x - 0.5) * log(x) - x + 0.918_938_533_204_672_7 + series
    }
}
