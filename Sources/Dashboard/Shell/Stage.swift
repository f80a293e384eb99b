import Canvas
import Charts
import Measure

/// All that one frame is drawn from.
struct Stage<S: Screen> {
    let screen: S
    /// For the numbers: the newest snapshot, or the frozen one.
    let snapshot: Snapshot
    /// For the charts: up to the screen's `chartInterval` older, so that they stay calm.
    let charts: Snapshot
    /// In the order in which they are shown.
    let rows: [EndpointRow]
    let view: ViewState
    let isFrozen: Bool
    let theme: Theme
    let glyphs: GlyphSet
    let now: Moment
    let panels: [PanelKind: Rect]

    /// The place of the selected endpoint in the snapshot.
    var endpointIndex: Int { view.endpoint(in: rows) }
    var hasSeveral: Bool { rows.count > 1 }

    /// Every endpoint has ended, or the whole session.
    var isOver: Bool { snapshot.isOver }

    var filter: Filter { Filter(view.filter, rows: rows) }

    /// Indices of the endpoints that the filter lets through; never without the selected one.
    var shownEndpoints: [Int] {
        let filter = filter
        let selected = endpointIndex
        return rows.filter { $0.index == selected || filter.matches($0) }.map(\.index)
    }

    /// What was to be recorded isn't.
    var recordingFailure: Segment? {
        guard case .failed(let path, let message) = snapshot.recording else { return nil }
        let reason = Harmless.text(message, limit: 120)
        return Segment(
            "! not recorded any more: \(reason) (\(Harmless.text(path, limit: 80)))",
            short: "! not recorded: \(Harmless.text(message, limit: 40))", role: .bad, .bold, priority: 8,
            shortenAt: 3)
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
