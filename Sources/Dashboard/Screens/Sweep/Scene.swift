import Charts
import Measure

/// What the sweep's panels are drawn from.
typealias Scene = Stage<SweepScreen>

extension Scene {
    var band: ReferenceBand? { screen.band }

    /// The selected endpoint.
    var endpoint: EndpointSnapshot? { snapshot.endpoints.at(endpointIndex) }
    /// The same one, for the charts.
    var chartEndpoint: EndpointSnapshot? { charts.endpoints.at(endpointIndex) }

    /// The finished level that is looked at instead of the live one.
    func pinned(in endpoint: EndpointSnapshot) -> LevelResult? {
        guard let choice = screen.level, choice.endpoint == endpoint.info.id else { return nil }
        return endpoint.levels.at(choice.index)
    }

    /// The level whose figures stand for the endpoint: the pinned one, else the running one, else the
    /// last. Of the endpoints that aren't selected, the one under the same load as the pinned one.
    func shown(in endpoint: EndpointSnapshot) -> LevelResult? {
        if let pinned = pinned(in: endpoint) { return pinned }
        if let selected = self.endpoint, let pinned = pinned(in: selected) {
            return endpoint.levels.last { $0.load == pinned.load }
        }
        if endpoint.phase.isFinal || snapshot.ended { return endpoint.result }
        return endpoint.live ?? endpoint.levels.last
    }

    /// The level whose distribution is drawn: while the one that's shown has no answers yet, the last finished one, which
    /// then is the past.
    func drawn(
        in endpoint: EndpointSnapshot, _ distribution: (LevelResult) -> Distribution
    ) -> (level: LevelResult, isPast: Bool)? {
        guard let shown = shown(in: endpoint) else { return nil }
        guard distribution(shown).count == 0, let live = endpoint.live, live.level == shown.level,
            let last = endpoint.levels.last, distribution(last).count > 0
        else { return (shown, false) }
        return (last, true)
    }

    /// What the gauge stands for when it isn't what comes out this moment: the level that is looked at, or
    /// after the end the one that the sweep was for.
    func reviewed(in endpoint: EndpointSnapshot) -> LevelResult? {
        reviewedIndex(in: endpoint).map { endpoint.levels[$0] }
    }

    /// The index of the level that is looked at among the finished ones; nil for the live one.
    func reviewedIndex(in endpoint: EndpointSnapshot) -> Int? {
        if let choice = screen.level, choice.endpoint == endpoint.info.id,
            endpoint.levels.indices.contains(choice.index)
        {
            return choice.index
        }
        return endpoint.phase.isFinal || snapshot.ended ? endpoint.resultIndex : nil
    }

    /// What the curve shows over throughput.
    var axis: CurveAxis { screen.axis ?? CurveAxis(for: charts.budget) }
}

extension EndpointSnapshot {
    /// The level that stands for all: the one on the load line, else the last.
    var result: LevelResult? { resultIndex.map { levels[$0] } }

    var resultIndex: Int? {
        levels.lastIndex { $0.load == loadLine?.load } ?? levels.indices.last
    }
}
