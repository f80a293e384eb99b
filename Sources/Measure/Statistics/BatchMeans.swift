/// Throughput and its 95 % confidence interval by the method of batch means: the window is cut into 10 to
/// 20 batches of equal length, long enough to be nearly independent, and their means are treated as
/// a sample. (A. M. Law, *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 9.5.)
public enum BatchMeans {
    /// No interval is given for fewer batches than this.
    public static let fewestBatches = 8
    static let mostBatches = 20
    static let usualFewest = 10

    /// - Parameters:
    ///   - bins: tokens that arrived in each bin of the window, in order of time.
    ///   - binLength: each bin's length.
    /// - Returns: tokens a second; the half-width is nil when the window is too short to tell.
    public static func estimate(bins: [Double], binLength: Nanoseconds) -> Estimate {
        guard !bins.isEmpty, binLength > 0, bins.allSatisfy(\.isFinite) else {
            return Estimate(mean: 0, halfWidth: nil)
        }
        let mean = bins.reduce(0, +) / Double(bins.count) / binLength.inSeconds
        guard mean.isFinite else { return Estimate(mean: 0, halfWidth: nil) }
        guard bins.count >= fewestBatches else { return Estimate(mean: mean, halfWidth: nil) }

        // Batches that lean on each other want to be longer: neighbours that swing together hide how far
        // the mean may be off; neighbours that swing against each other (a server that hands out its tokens
        // in steps, cut at arbitrary moments: what one batch lacks the next has) make it look worse.
        var batches = Batches(bins, size: (bins.count + mostBatches - 1) / mostBatches)
        if abs(batches.correlation) > batches.chanceCorrelation {
            batches = Batches(bins, size: max(1, bins.count / usualFewest))
        }
        return Estimate(mean: mean, halfWidth: batches.halfWidth.map { $0 / binLength.inSeconds })
    }

    /// The window cut into batches of `size` bins; what is left over is left out at the beginning.
    private struct Batches {
        var means: [Double] = []
        var variance = 0.0
        /// Of neighbours (lag 1), freed from the bias of small samples.
        var correlation = 0.0

        init(_ bins: [Double], size: Int) {
            for start in stride(from: bins.count % size, to: bins.count, by: size) {
                means.append(bins[start..<start + size].reduce(0, +) / Double(size))
            }
            let mean = means.reduce(0, +) / Double(means.count)
            let distances = means.map { $0 - mean }
            let squares = distances.reduce(0) { $0 + $1 * $1 }
            guard means.count > 1, squares > 0 else { return }
            variance = squares / Double(means.count - 1)
            let products = zip(distances, distances.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
            correlation = products / squares + 1 / Double(means.count)
        }

        /// How far the correlation of independent batches may be from zero, nine times out of ten.
        var chanceCorrelation: Double { 1.645 / Double(means.count).squareRoot() }

        var halfWidth: Double? {
            guard means.count >= fewestBatches,
                let factor = StudentT.factor95(degreesOfFreedom: means.count - 1)
            else { return nil }
            return factor * (variance / Double(means.count)).squareRoot() * correction
        }

        /// What remains between the longest batches is put right as for a first-order autoregression,
        /// (1+ρ)/(1−ρ) on the variance, within limits: ρ of ten numbers is not known well.
        private var correction: Double {
            guard abs(correlation) > chanceCorrelation else { return 1 }
            let bounded = min(max(correlation, -0.6), 0.8)
            return ((1 + bounded) / (1 - bounded)).squareRoot()
        }
    }
}
