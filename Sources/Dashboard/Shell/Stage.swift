import Canvas
import Charts
import Measure

/// All that one frame is drawn from.
struct Stage<S: Screen> {
    let screen: S
    /// For the numbers: the newest snapshot, or the frozen one.
    let snapshot: Snapshot
    /// For the charts: up to half a second older, so that they stay calm.
    let charts: Snapshot
    let view: ViewState
    let isFrozen: Bool
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
