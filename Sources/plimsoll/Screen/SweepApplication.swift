import Charts
import Collector
import Dashboard
import Measure
import Terminal

/// The dashboard on a terminal: newest snapshot in, screen out, keys turned into wishes. Lives on the UI
/// thread and waits for nothing.
struct SweepApplication: TerminalApplication, Sendable {
    private(set) var dashboard: Dashboard
    let snapshots: SnapshotBox
    let desk: ScreenDesk
    private var drawnSnapshot: Moment?
    private var isStale = true

    init(dashboard: Dashboard, snapshots: SnapshotBox, desk: ScreenDesk) {
        self.dashboard = dashboard
        self.snapshots = snapshots
        self.desk = desk
    }

    mutating func handle(_ input: TerminalInput, now: Moment) -> TerminalVerdict {
        for notice in desk.takeNotices() {
            dashboard.notify(notice.text, now: now, isError: notice.isError)
            isStale = true
        }
        switch input {
        case .tick:
            return desk.isClosing ? .leave : .goOn
        case .resized, .resumed:
            isStale = true
            return .goOn
        case .key(let key):
            isStale = true
            var verdict = TerminalVerdict.goOn
            for action in dashboard.handle(key, snapshot: snapshots.current, now: now) {
                switch action {
                case .quit: verdict = .leave
                case .redraw: verdict = .redrawAll
                default: desk.ask(action)
                }
            }
            return verdict
        }
    }

    mutating func frame(size: TerminalSize, now: Moment) -> Canvas? {
        let snapshot = snapshots.current
        guard isStale || drawnSnapshot != snapshot.at else { return nil }
        isStale = false
        drawnSnapshot = snapshot.at
        return dashboard.draw(snapshot, width: size.width, height: size.height, now: now)
    }
}
