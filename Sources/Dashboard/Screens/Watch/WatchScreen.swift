import Canvas
import Measure

/// The dashboard of a watch: servers and GPUs as they say they are, live or out of a recording.
struct WatchScreen: Screen {
    let isReplay: Bool
    var order = ServerOrder.worst
    /// As it was chosen, or as long as fits what there is.
    var span = WatchSpan.minute
    var isSpanChosen = false
    /// The moment that is looked at; nil: now.
    var cursor: Moment?
    /// One endpoint is shown in full, in place of all panels.
    var isOpen = false
    /// The one of the budget's limits that is looked at; nil: all of it.
    var limit: Int?
    /// How far the panel that is alone is paged down.
    var page = 0
    private(set) var pages = 1
    var seen = Seen()
    var memory = WatchMemory()
    /// nil: what is shown is of now.
    private(set) var then: Then?

    init(isReplay: Bool) { self.isReplay = isReplay }

    var keys: KeyTable { .watch }
    var glossary: [Glossary.Chapter] { [Glossary.watch, Glossary.watchSigns, Glossary.diagnoses] }
    var keysNote: String? { isReplay ? "A replay of a watch: notes can't be added." : nil }

    /// A reading a second: charts move with it.
    static var chartInterval: Nanoseconds { .second }
    /// Events are found again in other logs by the clock: it's the last thing to give way.
    static var clock: (from: Int, priority: Int) { (60, 7) }

    mutating func prepare(_ snapshot: Snapshot) {
        if !isSpanChosen { span = .fitting(snapshot.elapsed) }
        guard let cursor else {
            then = nil
            return
        }
        guard then?.cursor != cursor || then?.watch.servers.count != snapshot.watch.servers.count else {
            return
        }
        then = Then(cursor, snapshot, budget: snapshot.watchBudget)
    }

    func rows(_ snapshot: Snapshot) -> [EndpointRow] {
        // As they stand now: a cursor that moves chooses no other one.
        order.sorted(snapshot.watch.servers).map { index in
            let server = snapshot.watch.servers[index]
            return EndpointRow(
                index: index,
                names: [
                    server.info.label, server.info.url, server.model?.text ?? "", server.kind.name.text,
                    server.server?.text ?? "",
                ], hasFigures: server.facts != nil)
        }
    }

    func isOfOne(_ older: Snapshot, _ newer: Snapshot) -> Bool {
        older.watch.servers.count == newer.watch.servers.count
            && zip(older.watch.servers, newer.watch.servers).allSatisfy {
                $0.status == $1.status && ($0.facts == nil) == ($1.facts == nil)
            }
    }

    /// What is recorded is kept: there's nothing to ask.
    func quitQuestion(_ snapshot: Snapshot) -> (text: String, short: String)? {
        guard !isReplay, !snapshot.isOver, snapshot.recording == .off else { return nil }
        return ("quit? nothing was recorded: y/n", "quit? y/n")
    }

    func layout(_ size: (width: Int, height: Int), _ snapshot: Snapshot, maximised: PanelKind?)
        -> [PanelKind: Rect]
    {
        WatchLayout(
            snapshot.watch, alone: maximised == .gpus && snapshot.watch.gpus == nil ? nil : maximised,
            isOpen: isOpen
        ).panels(width: size.width, height: size.height)
    }

    func panel(digit: Int, _ snapshot: Snapshot) -> PanelKind? {
        WatchLayout.kinds.first { $0.digit == digit && ($0 != .gpus || snapshot.watch.gpus != nil) }
    }

    var canGoBack: Bool { isOpen || cursor != nil }

    mutating func goBack() -> Bool {
        if isOpen {
            isOpen = false
            return true
        }
        defer { cursor = nil }
        return cursor != nil
    }

    mutating func endpointChanged() { page = 0 }

    mutating func outcome(in newest: Snapshot, at now: Moment) -> (text: String, isError: Bool)? { nil }

    mutating func draw(_ scene: WatchScene, on canvas: inout Canvas) {
        memory.prepare(for: scene)
        seen.forget(whatIsOverIn: scene.snapshot.watch)
        for (panel, rect) in scene.panels {
            switch panel {
            case .servers: ServersPanel.draw(scene, on: &canvas, in: rect)
            case .load: LoadPanel.draw(scene, &memory, on: &canvas, in: rect)
            case .firstHeat: HeatPanel.draw(.first, scene, &memory, on: &canvas, in: rect)
            case .secondHeat: HeatPanel.draw(.second, scene, &memory, on: &canvas, in: rect)
            case .gpus: GPUsPanel.draw(scene, &memory, on: &canvas, in: rect)
            case .events: (page, pages) = EventsPanel.draw(scene, on: &canvas, in: rect)
            case .serverLine: ServerLine.draw(scene, on: &canvas, in: rect)
            case .full: (page, pages) = FullPanel.draw(scene, on: &canvas, in: rect)
            default: break
            }
        }
    }
}
