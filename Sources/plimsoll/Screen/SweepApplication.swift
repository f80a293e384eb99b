import Canvas
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
    private var drawn = Moment.zero
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
        case .background(let color):
            isStale = true
            dashboard.terminalBackground(color)
            return .goOn
        case .key(let key):
            isStale = true
            desk.hold()
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
        // Once a second even when nothing is new: held charts and axes have yet to follow, notices to go.
        // What is as it was costs no bytes.
        guard isStale || drawnSnapshot != snapshot.at || now - drawn >= .second else { return nil }
        isStale = false
        drawn = now
        drawnSnapshot = snapshot.at
        return dashboard.draw(snapshot, width: size.width, height: size.height, now: now)
    }
}
