import Canvas
import Charts
import Measure

/// All that one frame is drawn from.
struct Scene {
    /// For the numbers: the newest snapshot, or the frozen one.
    let snapshot: Snapshot
    /// For the charts: up to half a second older, so that they stay calm.
    let charts: Snapshot
    let view: ViewState
    let mode: Mode
    let band: ReferenceBand?
    let isFrozen: Bool
    let keys: KeyTable
    let theme: Theme
    let glyphs: GlyphSet
    let now: Moment
    let panels: [PanelKind: Rect]

    /// The selected endpoint.
    var endpoint: EndpointSnapshot? { snapshot.endpoints.at(endpointIndex) }
    /// The same one, for the charts.
    var chartEndpoint: EndpointSnapshot? { charts.endpoints.at(endpointIndex) }
    var endpointIndex: Int { max(0, min(view.endpoint, snapshot.endpoints.count - 1)) }
    var hasSeveral: Bool { snapshot.endpoints.count > 1 }

    /// The finished level that is looked at instead of the live one.
    func pinned(in endpoint: EndpointSnapshot) -> LevelResult? {
        guard let choice = view.level, choice.endpoint == endpoint.info.id else { return nil }
        return endpoint.levels.at(choice.index)
    }

    /// The level whose figures stand for the endpoint: the pinned one, else the running one, else the
    /// last. Of the endpoints that aren't selected, the one with as many users as the pinned one.
    func shown(in endpoint: EndpointSnapshot) -> LevelResult? {
        if let pinned = pinned(in: endpoint) { return pinned }
        if let selected = self.endpoint, let pinned = pinned(in: selected) {
            return endpoint.levels.last { $0.concurrency == pinned.concurrency }
        }
        if endpoint.phase.isFinal || snapshot.ended { return endpoint.result }
        return endpoint.live ?? endpoint.levels.last
    }

    /// What the gauge stands for when it isn't what comes out this moment: the level that is looked at, or
    /// after the end the one that the sweep was for.
    func reviewed(in endpoint: EndpointSnapshot) -> LevelResult? {
        reviewedIndex(in: endpoint).map { endpoint.levels[$0] }
    }

    /// The index of the level that is looked at among the finished ones; nil for the live one.
    func reviewedIndex(in endpoint: EndpointSnapshot) -> Int? {
        if let choice = view.level, choice.endpoint == endpoint.info.id,
            endpoint.levels.indices.contains(choice.index)
        {
            return choice.index
        }
        return endpoint.phase.isFinal || snapshot.ended ? endpoint.resultIndex : nil
    }

    /// What the curve shows over throughput.
    var axis: CurveAxis { view.axis ?? CurveAxis(for: charts.budget) }

    /// Every endpoint has ended, or the whole session.
    var isOver: Bool { snapshot.isOver }

    var filter: Filter { Filter(view.filter, endpoints: snapshot.endpoints) }

    /// Indices of the endpoints that the filter lets through; never without the selected one.
    var shownEndpoints: [Int] {
        let filter = filter
        return snapshot.endpoints.indices.filter {
            $0 == endpointIndex || filter.matches(snapshot.endpoints[$0])
        }
    }

    func sign(of index: Int) -> String { String(Character(glyphs.sign(index))) }

    func style(_ role: ThemeRole, _ attributes: Style.Attributes = []) -> Style {
        var style = theme.style(role)
        style.attributes.formUnion(attributes)
        return style
    }

    func draw(_ line: SegmentLine, on canvas: inout Canvas, in rect: Rect) {
        line.draw(on: &canvas, x: rect.x, y: rect.y, width: rect.width)
    }
}

extension Snapshot {
    var isOver: Bool {
        ended || (!endpoints.isEmpty && endpoints.allSatisfy(\.phase.isFinal))
    }
}

extension EndpointSnapshot {
    /// The level that stands for all: the one on the load line, else the last.
    var result: LevelResult? { resultIndex.map { levels[$0] } }

    var resultIndex: Int? {
        levels.lastIndex { $0.concurrency == loadLine?.concurrency } ?? levels.indices.last
    }
}

extension Array {
    /// nil in place of a trap.
    func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension String {
    /// Blanks at the left up to `columns`, so that what follows doesn't move.
    func padded(to columns: Int) -> String {
        let missing = columns - TextWidth.columns(of: self)
        return missing > 0 ? String(repeating: " ", count: missing) + self : self
    }
}
