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

extension Plateau {
    /// More users that buy less than this share more throughput do not pay.
    package static let worthwhileGain = 0.05

    /// Where these levels stop buying throughput. Levels may come in any order; those of one load
    /// count together. Levels with too many errors or cut short are left out, unless there are no others.
    ///
    /// A server that slows down smoothly follows the Universal Scalability Law, and the fitted ceiling is the
    /// best estimate of its plateau. One with a hard limit (so many slots, then a queue) does not: there the
    /// law would promise too much, and the mean of the saturated levels is taken.
    package static func find(levels: [LevelResult]) -> Plateau? {
        let points = PlateauPoint.points(of: levels)
        guard let top = points.max(by: { $0.throughput < $1.throughput }), let last = points.last else {
            return nil
        }
        // The law is one of users.
        let fit = ScalabilityLaw.fit(
            points: points.compactMap { point in
                point.load.users.map { ($0, point.throughput, point.halfWidth) }
            })
        guard let knee = knee(points), isReached(points, knee: knee) else {
            // Still growing: the best seen is a lower bound, and the law's ceiling a guess far out.
            return Plateau(
                throughput: top.throughput, load: last.load, halfWidth: top.halfWidth, reached: false,
                law: fit?.law)
        }
        let measured = saturated(points, knee: knee, top: top)
        if let fit, let ceiling = fit.ceiling, describes(fit, ceiling, measured) {
            return Plateau(
                throughput: ceiling.mean, load: knee.load, halfWidth: ceiling.halfWidth,
                reached: true,
                law: fit.law)
        }
        return Plateau(
            throughput: measured.mean, load: knee.load, halfWidth: measured.halfWidth, reached: true,
            law: fit?.law)
    }

    /// The first level beyond which no level has 5 % more.
    private static func knee(_ points: [PlateauPoint]) -> PlateauPoint? {
        var bestBeyond = 0.0
        var knee = points.last
        for point in points.reversed() {
            if bestBeyond < (1 + worthwhileGain) * point.throughput { knee = point } else { break }
            bestBeyond = max(bestBeyond, point.throughput)
        }
        return knee
    }

    /// A gain under 5 % says something only about a step that could have brought more: for less than
    /// a doubling the allowance shrinks with the step, and steps under a quarter say nothing.
    private static func isReached(_ points: [PlateauPoint], knee: PlateauPoint) -> Bool {
        guard let last = points.last else { return false }
        return points.contains { point in
            let step = last.load.amount / point.load.amount
            guard point.load >= knee.load, step >= 1.25 else { return false }
            let beyond = points.filter { $0.load > point.load }.map(\.throughput).max() ?? 0
            return beyond < (1 + worthwhileGain * min(1, step - 1)) * point.throughput
        }
    }

    /// The mean of the levels on the plateau: at or beyond the knee and within 3 % of the best.
    private static func saturated(
        _ points: [PlateauPoint], knee: PlateauPoint, top: PlateauPoint
    ) -> Estimate {
        PlateauPoint.mean(points.filter { $0.load >= knee.load && $0.throughput >= 0.97 * top.throughput })
    }

    /// Whether the fit may speak for the points: it passes near all of them in the upper half, has points to
    /// spare (three parameters pass through any three points), and doesn't promise what was never seen.
    private static func describes(_ fit: ScalabilityFit, _ ceiling: Estimate, _ measured: Estimate) -> Bool {
        guard fit.distinct >= 5, fit.worstMiss <= 0.03, measured.mean > 0 else { return false }
        let promise = ceiling.mean / measured.mean
        return promise >= 0.97 && promise <= 1.06
    }
}

/// All levels of one load, taken together.
struct PlateauPoint {
    var load: Load
    var throughput: Double
    var halfWidth: Double?

    /// In order of load, one point each.
    static func points(of levels: [LevelResult]) -> [PlateauPoint] {
        let usable = levels.filter {
            $0.load.amount > 0 && $0.throughput.mean.isFinite && $0.throughput.mean > 0
        }
        let sound = usable.filter { !$0.trust.contains(.errors) && !$0.isSpoiled }
        return Dictionary(grouping: sound.isEmpty ? usable : sound, by: \.load)
            .map { load, group in
                let estimate = mean(
                    group.map {
                        PlateauPoint(
                            load: load, throughput: $0.throughput.mean, halfWidth: $0.throughput.halfWidth)
                    })
                return PlateauPoint(load: load, throughput: estimate.mean, halfWidth: estimate.halfWidth)
            }
            .sorted { $0.load < $1.load }
    }

    /// Weighed by how well each is known, with the same floor as in the fit (1 %; 3 % where nothing is said).
    static func mean(_ points: [PlateauPoint]) -> Estimate {
        if points.count == 1 { return Estimate(mean: points[0].throughput, halfWidth: points[0].halfWidth) }
        var total = 0.0
        var weights = 0.0
        for point in points {
            let known = point.halfWidth.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
            let error = max(known ?? 0.06 * point.throughput, 0.02 * point.throughput)
            total += point.throughput / (error * error)
            weights += 1 / (error * error)
        }
        guard weights > 0, weights.isFinite else { return Estimate(mean: 0, halfWidth: nil) }
        return Estimate(mean: total / weights, halfWidth: (1 / weights).squareRoot())
    }
}
