import Measure

/// What an endpoint's figures are of: another window, another stage.
struct SweepStage: Hashable, Sendable {
    var level: Int?
    var isMeasuring: Bool
    var isFinal: Bool
    var finished: Int
}

extension EndpointSnapshot {
    var stage: SweepStage {
        let isMeasuring = if case .measuring = phase { true } else { false }
        return SweepStage(
            level: level?.level, isMeasuring: isMeasuring, isFinal: phase.isFinal, finished: levels.count)
    }

    /// The places of the finished levels in the order of their load; those of one load as they ran.
    var levelsByLoad: [Int] {
        levels.indices.sorted { (levels[$0].load, $0) < (levels[$1].load, $1) }
    }

    /// The level that runs; while the load is paused the one that is to go on, without figures.
    func running(at now: Moment) -> LevelResult? {
        guard !phase.isFinal else { return nil }
        if phase == .paused, let level {
            return LevelResult(
                endpoint: info.id, level: level.level, load: level.load, windowStart: now, windowEnd: now)
        }
        return live
    }

    /// How many levels of the same load ran before this one.
    func runs(before index: Int) -> Int {
        levels[..<index].count { $0.load == levels[index].load }
    }
}
