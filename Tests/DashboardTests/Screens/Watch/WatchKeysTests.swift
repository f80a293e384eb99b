import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct WatchKeysTests {
    @discardableResult
    private func press(
        _ keys: [Key], on dashboard: inout Dashboard, _ snapshot: Snapshot = WatchFixture.several
    ) -> [DashboardAction] {
        keys.flatMap { dashboard.handle($0, snapshot: snapshot, now: snapshot.at) }
    }

    @Test func noKeyIsBoundTwiceAndFooterRanksDiffer() {
        var seen: Set<Key> = []
        for key in KeyTable.watch.rows.flatMap(\.bindings).flatMap(\.keys) {
            #expect(seen.insert(key).inserted, "\(key) is bound twice")
        }
        let ranks = KeyTable.watch.rows.compactMap(\.footerRank)
        #expect(Set(ranks).count == ranks.count)
    }

    @Test func theCursorMovesBackAndEscReturnsToNow() {
        let at = WatchFixture.several.at
        var dashboard = WatchFixture.dashboard()
        press([.left], on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == at - 15 * .second)
        press([.left, .left, .right], on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == at - 30 * .second)
        press([.escape], on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == nil)
        press([.left, .right], on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == nil)
    }

    @Test func theCursorStaysWithinTheSession() {
        var dashboard = WatchFixture.dashboard()
        press([Key](repeating: .left, count: 500), on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == WatchFixture.start)
    }

    @Test func figuresAtTheCursorAreThoseOfThen() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        // 14:01:17: nobody waited yet.
        press([Key](repeating: .left, count: 25), on: &dashboard)
        let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
        #expect(canvas.text.contains("looking back at 14:01:17"))
        let row = canvas.text.split(separator: "\n").first { $0.contains("▲✗ :8002") }
        #expect(row?.contains(" 57    0 ") == true)
        // The column of the cursor is turned about in every chart.
        let panels = dashboard.watchShell.screen.layout((120, 40), snapshot, maximised: nil)
        for panel in [PanelKind.load, .firstHeat, .secondHeat] {
            let rect = panels[panel] ?? Rect(x: 0, y: 0, width: 0, height: 0)
            let turned = (rect.x..<rect.maxX).filter {
                canvas[$0, rect.y + 2].style.attributes.contains(.reverse)
            }
            #expect(turned.count == 1, "\(panel.name)")
        }
    }

    @Test func spansAreFiveAndEndAtEitherSide() {
        var dashboard = WatchFixture.dashboard()
        press([.character("]"), .character("]"), .character("]")], on: &dashboard)
        #expect(dashboard.watchShell.screen.span == .sixHours)
        #expect(dashboard.watchShell.view.notice?.isError == true)
        press([Key](repeating: .character("["), count: 4), on: &dashboard)
        #expect(dashboard.watchShell.screen.span == .minute)
    }

    /// The first row is selected until somebody chooses; then it's the same endpoint, wherever its row goes.
    @Test func theSelectionFollowsTheWorstUntilOneIsChosen() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        #expect(dashboard.watchShell.stage(snapshot, now: snapshot.at).endpointIndex == 2)
        press([.down], on: &dashboard)
        #expect(dashboard.watchShell.view.endpoint == 0)
        press([.character("s"), .character("s")], on: &dashboard)
        #expect(dashboard.watchShell.screen.order == .running)
        #expect(dashboard.watchShell.stage(snapshot, now: snapshot.at).endpointIndex == 0)
        press([.up], on: &dashboard)
        #expect(dashboard.watchShell.view.endpoint == 2)
    }

    /// Of one that never told anything there's nothing to see.
    @Test func aSilentServerIsNotLookedAtUnasked() {
        var snapshot = WatchFixture.several
        snapshot.watch.servers.append(WatchFixture.server(4, ":8004", WatchFixture.Story(), seconds: 0))
        snapshot.watch.servers[4].status = .trouble(
            PageTrouble(words: "connection refused", isAnswer: false), since: snapshot.at)
        var dashboard = WatchFixture.dashboard()
        let stage = dashboard.watchShell.stage(snapshot, now: snapshot.at)
        #expect(stage.rows.first?.index == 4 && stage.endpointIndex == 2)
    }

    @Test func sortingGoesRound() {
        let servers = WatchFixture.several.watch.servers
        #expect(ServerOrder.worst.sorted(servers) == [2, 0, 1, 3])
        #expect(ServerOrder.joined.sorted(servers) == [0, 1, 2, 3])
        #expect(ServerOrder.running.sorted(servers) == [2, 0, 1, 3])
        #expect(ServerOrder.output.sorted(servers) == [0, 1, 2, 3])
        // What isn't known comes last.
        #expect(ServerOrder.ttft.sorted(servers) == [2, 0, 1, 3])
        var order = ServerOrder.worst
        for _ in ServerOrder.allCases { order = order.next }
        #expect(order == .worst)
    }

    @Test func filteringShowsThoseThatFit() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        press([.character("/"), .character("g"), .character("e"), .character("m"), .enter], on: &dashboard)
        // The selected one stays.
        #expect(dashboard.watchShell.stage(snapshot, now: snapshot.at).shownEndpoints == [2, 3])
        press([.escape], on: &dashboard)
        #expect(dashboard.watchShell.view.filter == "")
    }

    @Test func enterOpensOneInFullAndEscGoesBackStepByStep() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        press([.left, .enter], on: &dashboard)
        #expect(dashboard.watchShell.screen.layout((120, 40), snapshot, maximised: nil)[.full] != nil)
        press([.escape], on: &dashboard)
        #expect(!dashboard.watchShell.screen.isOpen && dashboard.watchShell.screen.cursor != nil)
        press([.escape], on: &dashboard)
        #expect(dashboard.watchShell.screen.cursor == nil)
        press([.enter, .enter], on: &dashboard)
        #expect(!dashboard.watchShell.screen.isOpen)
    }

    @Test func pagesEndWhereTheyEnd() {
        let snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        press([.enter] + [Key](repeating: .pageDown, count: 50), on: &dashboard)
        let last = dashboard.draw(snapshot, width: 80, height: 24, now: snapshot.at)
        let pages = dashboard.watchShell.screen.page
        #expect((1...6).contains(pages))
        #expect(last.text.contains("GPUs that serve it"))
        press([.pageUp], on: &dashboard)
        _ = dashboard.draw(snapshot, width: 80, height: 24, now: snapshot.at)
        #expect(dashboard.watchShell.screen.page == pages - 1)
    }

    @Test func whatIsAcknowledgedIsNoAlertUntilItComesAgain() {
        var snapshot = WatchFixture.several
        var dashboard = WatchFixture.dashboard()
        func line(_ snapshot: Snapshot) -> String {
            let text = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text
            return String(text.split(separator: "\n").dropFirst().first ?? "")
        }
        #expect(line(snapshot).contains("1 ALERT"))
        press([.character("a")], on: &dashboard)
        #expect(!line(snapshot).contains("ALERT") && line(snapshot).contains("seen"))
        // It ends, and comes again.
        let findings = snapshot.watch.servers[2].findings
        snapshot.watch.servers[2].findings = []
        snapshot.at = snapshot.at + 10 * .second
        #expect(!line(snapshot).contains("ALERT"))
        snapshot.watch.servers[2].findings = findings
        #expect(line(snapshot).contains("1 ALERT"))
    }

    @Test func theBudgetsLimitsAreLookedAtOneByOne() {
        var dashboard = WatchFixture.dashboard()
        press([.character("b")], on: &dashboard)
        #expect(dashboard.watchShell.view.notice?.text == "budget: TTFT p95 < 900 ms")
        press([.character("b")], on: &dashboard)
        #expect(dashboard.watchShell.screen.limit == 1)
        press([.character("b")], on: &dashboard)
        #expect(dashboard.watchShell.screen.limit == nil)
        var none = WatchFixture.dashboard()
        press([.character("b")], on: &none, WatchFixture.alone)
        #expect(none.watchShell.view.notice?.isError == true)
    }

    /// A limit on the time to the last token has a heat map while it is looked at.
    @Test func aLimitThatNoPanelShowsGetsOne() {
        var snapshot = WatchFixture.several
        snapshot.session.watch?.budget = LatencyBudget(
            limits: [.init(metric: .e2e(.percentile(.p95)), below: 20e9)], text: "e2e:p95<20s")
        var dashboard = WatchFixture.dashboard()
        #expect(!dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text.contains("E2E heat"))
        press([.character("b")], on: &dashboard, snapshot)
        #expect(dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at).text.contains("E2E heat"))
    }

    /// What is recorded is kept, so nothing is asked; else what is in memory would be lost.
    @Test func quittingAsksOnlyWhereSomethingWouldBeLost() {
        var dashboard = WatchFixture.dashboard()
        #expect(press([.character("q")], on: &dashboard) == [.quit])
        var unrecorded = WatchFixture.several
        unrecorded.recording = .off
        #expect(press([.character("q")], on: &dashboard, unrecorded) == [])
        #expect(press([.character("y")], on: &dashboard, unrecorded) == [.quit])
        #expect(press([.character("Q")], on: &dashboard, unrecorded) == [.quit])
    }

    @Test func notesGoIntoTheRecordingButNotOutOfOne() {
        var dashboard = WatchFixture.dashboard()
        #expect(press([.character("m"), .character("x"), .enter], on: &dashboard) == [.mark("x")])
        var replay = WatchFixture.dashboard(mode: .watchReplay)
        press([.character("m")], on: &replay)
        #expect(replay.watchShell.view.prompt == nil && replay.watchShell.view.notice?.isError == true)
    }
}
