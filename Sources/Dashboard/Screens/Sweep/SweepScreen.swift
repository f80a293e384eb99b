import Canvas
import Measure

/// The dashboard of a sweep, while it runs or out of a recording.
struct SweepScreen: Screen {
    let mode: Mode
    /// What to hold TTFT and the speed a user sees against.
    let band: ReferenceBand?
    /// The finished level whose figures are shown; nil: the live one.
    var level: LevelChoice?
    /// nil: what the budget is about.
    var axis: CurveAxis?
    /// What was asked for last, while nothing has come of it.
    var wish: Wish?
    private var memory = ChartMemory()

    /// A level by its place among an endpoint's finished ones.
    struct LevelChoice: Hashable, Sendable {
        var endpoint: EndpointID
        var index: Int
    }

    init(mode: Mode, band: ReferenceBand?) {
        self.mode = mode
        self.band = band
    }

    var keys: KeyTable { .sweep }
    var glossary: [Glossary.Chapter] { [Glossary.measures, Glossary.trust] }
    var isReplay: Bool { mode.isReplay }
    var keysNote: String? { isReplay ? "A replay: the keys that steer a sweep are off." : nil }

    static var chartInterval: Nanoseconds { 500 * .millisecond }
    static var clock: (from: Int, priority: Int) { (140, 0) }

    func rows(_ snapshot: Snapshot) -> [EndpointRow] {
        snapshot.endpoints.enumerated().map { index, endpoint in
            let info = endpoint.info
            return EndpointRow(index: index, names: [info.label, info.model.text, info.url.text])
        }
    }

    func isOfOne(_ older: Snapshot, _ newer: Snapshot) -> Bool {
        older.endpoints.count == newer.endpoints.count
            && zip(older.endpoints, newer.endpoints).allSatisfy { $0.stage == $1.stage }
    }

    func quitQuestion(_ snapshot: Snapshot) -> (text: String, short: String)? {
        if isReplay || snapshot.isOver { return nil }
        let isLost = snapshot.recording == .off
        return (
            isLost ? "quit? nothing was recorded: y/n" : "quit? the recording is kept: y/n", "quit? y/n"
        )
    }

    func layout(_ size: (width: Int, height: Int), _ snapshot: Snapshot, maximised: PanelKind?)
        -> [PanelKind: Rect]
    {
        let parts = SweepParts(snapshot)
        return SweepLayout.panels(
            width: size.width, height: size.height, parts: parts,
            maximised: maximised.flatMap { parts.have($0) ? $0 : nil })
    }

    func panel(digit: Int, _ snapshot: Snapshot) -> PanelKind? {
        let parts = SweepParts(snapshot)
        return SweepLayout.kinds.first { $0.digit == digit && parts.have($0) }
    }

    mutating func perform(_ command: Command, _ occasion: Occasion) -> Answer {
        switch command {
        case .older: selectLevel(by: -1, occasion)
        case .newer: selectLevel(by: 1, occasion)
        case .curveAxis:
            axis = (axis ?? CurveAxis(for: occasion.newest.budget)).next
        case .copy:
            guard let endpoint = occasion.newest.endpoints.at(occasion.endpoint), !endpoint.levels.isEmpty
            else { return .refusal("no level is finished: nothing to copy") }
            return Answer(actions: [.copy(.endpoint(endpoint.info.id))])
        case .steer, .mark: return steer(command, occasion)
        default: break
        }
        return .nothing
    }

    var canGoBack: Bool { level != nil }

    mutating func goBack() -> Bool {
        defer { level = nil }
        return level != nil
    }

    mutating func endpointChanged() { level = nil }

    mutating func draw(_ scene: Scene, on canvas: inout Canvas) {
        var panels = scene.panels
        if FailurePanel.applies(scene) {
            let replaced: [PanelKind] = [.throughput, .ttft, .tpot].filter { panels[$0] != nil }
            let rects = replaced.compactMap { panels.removeValue(forKey: $0) }
            if let rect = rects.dropFirst().reduce(rects.first, { $0?.union($1) }) {
                FailurePanel.draw(scene, on: &canvas, in: rect)
            }
        }
        if let rect = panels[.throughput] {
            ThroughputPanel.draw(scene, on: &canvas, in: rect)
        }
        if let rect = panels[.ttft] {
            LatencyPanel.draw(.ttft, scene, memory: &memory, on: &canvas, in: rect)
        }
        if let rect = panels[.tpot] {
            LatencyPanel.draw(.tpot, scene, memory: &memory, on: &canvas, in: rect)
        }
        if let rect = panels[.curve] {
            if scene.snapshot.isSoak {
                SoakPanel.draw(scene, on: &canvas, in: rect)
            } else {
                CurvePanel.draw(scene, memory: &memory, on: &canvas, in: rect)
            }
        }
        if let rect = panels[.levels] { LevelsPanel.draw(scene, on: &canvas, in: rect) }
        if let rect = panels[.server] { ServerPanel.draw(scene, on: &canvas, in: rect) }
        if let rect = panels[.sweepGPUs] { GPUPanel.draw(scene, on: &canvas, in: rect) }
        if let rect = panels[.endpoints] { EndpointsPanel.draw(scene, on: &canvas, in: rect) }
    }
}

extension Rect {
    /// The smallest that holds both.
    fileprivate func union(_ other: Rect) -> Rect {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return Rect(
            x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }
}
