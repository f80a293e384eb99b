package import Canvas
import Charts
package import Collector
package import Dashboard
package import Measure
package import Terminal

/// The dashboard on a terminal: newest snapshot in, screen out, keys turned into wishes. Lives on the UI
/// thread and waits for nothing.
package struct SweepApplication: TerminalApplication, Sendable {
    private(set) var dashboard: Dashboard
    let snapshots: SnapshotBox
    let desk: ScreenDesk
    private let copying: TerminalTraits.Copying
    private var drawnSnapshot: Moment?
    private var drawn = Moment.zero
    private var isStale = true

    package init(
        dashboard: Dashboard, snapshots: SnapshotBox, desk: ScreenDesk,
        copying: TerminalTraits.Copying = .byTerminal
    ) {
        self.dashboard = dashboard
        self.snapshots = snapshots
        self.desk = desk
        self.copying = copying
    }

    package mutating func handle(_ input: TerminalInput, now: Moment) -> TerminalVerdict {
        for message in desk.takeMessages() {
            dashboard.notify(message.text, now: now, isError: message.isError)
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
                case .copy(let what): verdict = copy(what, now: now)
                default: desk.ask(action)
                }
            }
            return verdict
        }
    }

    /// Nobody says whether it arrived: so much is said.
    private mutating func copy(_ what: Copied, now: Moment) -> TerminalVerdict {
        guard let copied = CopiedText(snapshots.current, of: what) else { return .goOn }
        switch copying {
        case .none:
            dashboard.notify("this terminal takes no copies (OSC 52)", now: now, isError: true)
            return .goOn
        case .byTerminal:
            dashboard.notify("copied, if the terminal takes it: \(copied.headline)", now: now)
        case .byMultiplexer:
            dashboard.notify("copied, if tmux has set-clipboard on: \(copied.headline)", now: now)
        }
        return .copy(copied.text)
    }

    package mutating func frame(size: TerminalSize, now: Moment) -> Canvas? {
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
