import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct DashboardKeysTests {
    let now = Fixture.sweep.at

    private func press(
        _ keys: [Key], on dashboard: inout Dashboard, _ snapshot: Snapshot = Fixture.sweep
    ) -> [DashboardAction] {
        keys.flatMap { dashboard.handle($0, snapshot: snapshot, now: now) }
    }

    @Test func steeringAsksForWhatTheKeySays() {
        let id = EndpointID(0)
        let expected: [(Key, DashboardAction)] = [
            (.character("+"), .steer(.adjustUsers(by: 4), of: id)),
            (.character("-"), .steer(.adjustUsers(by: -3), of: id)),
            (.character("n"), .steer(.nextLevel, of: id)), (.character("r"), .steer(.repeatLevel, of: id)),
            (.character("p"), .steer(.pause, of: id)), (.character("e"), .export), (.control("l"), .redraw),
        ]
        for (key, action) in expected {
            var dashboard = Fixture.dashboard()
            #expect(press([key], on: &dashboard) == [action])
        }
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].phase = .paused
        var dashboard = Fixture.dashboard()
        #expect(press([.character("p")], on: &dashboard, snapshot) == [.steer(.resume, of: id)])
    }

    @Test func steeringGoesToTheSelectedEndpoint() {
        var dashboard = Fixture.dashboard()
        let actions = press([.down, .character("n")], on: &dashboard, Fixture.several)
        #expect(actions == [.steer(.nextLevel, of: EndpointID(1))])
    }

    @Test func everySteeringKeySaysSomethingAtOnce() {
        for key in "+-nrp" {
            var dashboard = Fixture.dashboard()
            _ = press([.character(key)], on: &dashboard)
            #expect(dashboard.shell.view.notice?.isError == false, "\(key)")
        }
    }

    @Test func whereThereIsNothingToSteerKeysSaySo() {
        var empty = Fixture.sweep
        empty.endpoints = []
        var early = Fixture.sweep
        early.endpoints[0].level = nil
        let cases: [(Mode, Snapshot)] = [
            (.replay, Fixture.sweep), (.sweep, Fixture.finished), (.sweep, empty), (.sweep, early),
        ]
        for (mode, snapshot) in cases {
            for key in "+-nrp" {
                var dashboard = Fixture.dashboard(mode: mode)
                #expect(press([.character(key)], on: &dashboard, snapshot) == [])
                #expect(dashboard.shell.view.notice?.isError == true)
            }
        }
        var replay = Fixture.dashboard(mode: .replay)
        #expect(press([.character("m")], on: &replay) == [])
        #expect(replay.shell.view.prompt == nil)
    }

    @Test func theLastUserCannotBeTakenAway() {
        var snapshot = Fixture.sweep
        snapshot.endpoints[0].users = 1
        var dashboard = Fixture.dashboard()
        #expect(press([.character("-")], on: &dashboard, snapshot) == [])
    }

    @Test func quittingASweepAsksOnce() {
        var dashboard = Fixture.dashboard()
        #expect(press([.character("q")], on: &dashboard) == [])
        #expect(dashboard.shell.view.prompt == .quit("quit? the recording is kept: y/n", short: "quit? y/n"))
        #expect(press([.character("n")], on: &dashboard) == [])
        #expect(dashboard.shell.view.prompt == nil)
        #expect(press([.character("q"), .character("y")], on: &dashboard) == [.quit])
        #expect(press([.character("Q")], on: &dashboard) == [.quit])
        #expect(press([.control("c")], on: &dashboard) == [.quit])
    }

    @Test func nothingNeedsAskingWhenNothingRuns() {
        var over = Fixture.dashboard()
        #expect(press([.character("q")], on: &over, Fixture.finished) == [.quit])
        var replay = Fixture.dashboard(mode: .replay)
        #expect(press([.character("q")], on: &replay) == [.quit])
    }

    @Test func controlCQuitsFromEverywhere() {
        for key in [Key.character("?"), .character("m"), .character("/"), .character("q"), .character("4")] {
            var dashboard = Fixture.dashboard()
            #expect(press([key, .control("c")], on: &dashboard) == [.quit])
        }
    }

    @Test func aNoteIsTypedIntoTheFooter() {
        var dashboard = Fixture.dashboard()
        let typed = "quit nothing?".map { Key.character($0) }
        #expect(press([.character("m")] + typed + [.enter], on: &dashboard) == [.mark("quit nothing?")])
        #expect(press([.character("m"), .character("x"), .escape], on: &dashboard) == [])
        #expect(dashboard.shell.view.prompt == nil)
    }

    @Test func theFrozenViewStandsStill() {
        var dashboard = Fixture.dashboard()
        _ = press([.character(" ")], on: &dashboard)
        #expect(dashboard.shell.isFrozen)
        let before = dashboard.draw(Fixture.sweep, width: 120, height: 40, now: now)
        var later = Fixture.sweep
        later.at = later.at + 60 * .second
        later.endpoints[0].tokensPerSecond = 1
        later.endpoints[0].inFlight = 999
        let after = dashboard.draw(later, width: 120, height: 40, now: now + 60 * .second)
        #expect(before == after)
        #expect(after.text.contains("FROZEN") && after.text.contains("measuring goes on"))
        // Steering is about what runs now.
        later.endpoints[0].users = 8
        #expect(
            press([.character("+")], on: &dashboard, later) == [
                .steer(.adjustUsers(by: 1), of: EndpointID(0))
            ])
        _ = press([.character(" ")], on: &dashboard)
        #expect(!dashboard.shell.isFrozen)
    }

    @Test func levelsAreWalkedFromTheLiveOneBack() {
        var dashboard = Fixture.dashboard()
        func index() -> Int? { dashboard.shell.screen.level?.index }
        _ = press([.left], on: &dashboard)
        #expect(index() == 4)
        _ = press([.left, .character("h")], on: &dashboard)
        #expect(index() == 2)
        _ = press(Array(repeating: .left, count: 9), on: &dashboard)
        #expect(index() == 0)
        _ = press([.right], on: &dashboard)
        #expect(index() == 1)
        _ = press(Array(repeating: .right, count: 9), on: &dashboard)
        #expect(index() == nil)
        _ = press([.left, .escape], on: &dashboard)
        #expect(index() == nil)
    }

    @Test func afterTheEndTheWalkBeginsAtTheLoadLine() {
        var dashboard = Fixture.dashboard()
        let text = dashboard.draw(Fixture.finished, width: 120, height: 40, now: now).text
        #expect(text.contains("tokens/s at 96 users"))
        _ = press([.left], on: &dashboard, Fixture.finished)
        #expect(dashboard.shell.screen.level?.index == 6)
        _ = press([.right, .right, .right, .right], on: &dashboard, Fixture.finished)
        #expect(dashboard.shell.screen.level?.index == 8)
        _ = press([.escape], on: &dashboard, Fixture.finished)
        #expect(dashboard.shell.screen.level == nil)
    }

    @Test func endpointsAreWalkedRound() {
        var dashboard = Fixture.dashboard()
        _ = press([.tab], on: &dashboard, Fixture.several)
        #expect(dashboard.shell.view.endpoint == 1)
        _ = press([.down, .down], on: &dashboard, Fixture.several)
        #expect(dashboard.shell.view.endpoint == 0)
        _ = press([.character("k")], on: &dashboard, Fixture.several)
        #expect(dashboard.shell.view.endpoint == 2)
        _ = press([.tab, .up], on: &dashboard)
        #expect(dashboard.handle(.tab, snapshot: Fixture.sweep, now: now) == [])
    }

    @Test func digitsMaximiseAndRestore() {
        var dashboard = Fixture.dashboard()
        _ = press([.character("4")], on: &dashboard)
        #expect(dashboard.shell.view.maximised == .curve)
        _ = press([.character("2")], on: &dashboard)
        #expect(dashboard.shell.view.maximised == .ttft)
        _ = press([.character("2")], on: &dashboard)
        #expect(dashboard.shell.view.maximised == nil)
        _ = press([.character("5"), .escape], on: &dashboard)
        #expect(dashboard.shell.view.maximised == nil)
        // Eight is the list of endpoints, and one endpoint has none; six and seven are of those who say something.
        for key in ["6", "7", "8"] as [Character] {
            _ = press([.character(key)], on: &dashboard)
            #expect(dashboard.shell.view.maximised == nil)
        }
        _ = press([.character("6")], on: &dashboard, Fixture.watched)
        #expect(dashboard.shell.view.maximised == .server)
        _ = press([.character("7")], on: &dashboard, Fixture.watched)
        #expect(dashboard.shell.view.maximised == .sweepGPUs)
        _ = press([.character("8")], on: &dashboard, Fixture.several)
        #expect(dashboard.shell.view.maximised == .endpoints)
    }

    @Test func escapeGoesBackOneStepATime() {
        var dashboard = Fixture.dashboard()
        _ = press([.character(" "), .left, .character("4"), .character("?")], on: &dashboard)
        _ = press([.escape], on: &dashboard)
        #expect(dashboard.shell.view.help == nil && dashboard.shell.view.maximised == .curve)
        _ = press([.escape], on: &dashboard)
        #expect(dashboard.shell.view.maximised == nil && dashboard.shell.screen.level != nil)
        _ = press([.escape], on: &dashboard)
        #expect(dashboard.shell.screen.level == nil && dashboard.shell.isFrozen)
        _ = press([.escape], on: &dashboard)
        #expect(!dashboard.shell.isFrozen)
    }

    @Test func theHelpTakesItsOwnKeys() {
        var dashboard = Fixture.dashboard()
        #expect(press([.character("?"), .character("n"), .character("+")], on: &dashboard) == [])
        #expect(dashboard.shell.view.help == .keys)
        _ = press([.tab], on: &dashboard)
        #expect(dashboard.shell.view.help == .words)
        _ = press([.character("q")], on: &dashboard)
        #expect(dashboard.shell.view.help == nil && dashboard.shell.view.prompt == nil)
        _ = press([.function(1)], on: &dashboard)
        #expect(dashboard.shell.view.help == .keys)
    }

    @Test func theHelpScrollsToItsEndAndNoFurther() {
        var dashboard = Fixture.dashboard()
        _ = dashboard.draw(Fixture.sweep, width: 40, height: 10, now: now)
        _ = press([.character("?"), .tab], on: &dashboard)
        _ = press(Array(repeating: .pageDown, count: 60), on: &dashboard)
        let end = dashboard.shell.view.helpScroll
        #expect(end > 20)
        let text = dashboard.draw(Fixture.sweep, width: 40, height: 10, now: now).text
        #expect(text.contains("others."))
        _ = press([.down], on: &dashboard)
        #expect(dashboard.shell.view.helpScroll == end)
        _ = press([.home], on: &dashboard)
        #expect(dashboard.shell.view.helpScroll == 0)
    }

    @Test func themesGoRound() {
        let themes = [Theme.standard, Theme.standard]
        var dashboard = Fixture.dashboard(themes: themes)
        #expect(press([.character("t")], on: &dashboard).isEmpty)
        #expect(dashboard.shell.selectedTheme == 1)
        _ = press([.character("t")], on: &dashboard)
        #expect(dashboard.shell.selectedTheme == 0)
        var none = Dashboard(themes: [], selectedTheme: 7, glyphs: .ascii, mode: .sweep)
        #expect(press([.character("t")], on: &none).isEmpty)
    }

    @Test func theFilterNarrowsEndpointsOrLevels() {
        var dashboard = Fixture.dashboard()
        _ = press(
            [.character("/")] + "FP8".map { .character($0) } + [.enter], on: &dashboard, Fixture.several)
        let scene = dashboard.shell.stage(Fixture.several, now: now)
        #expect(scene.shownEndpoints == [0, 1])
        #expect(LevelsPanel.rows(scene).count == 6)

        var levels = Fixture.dashboard()
        _ = press([.character("/")] + "few".map { .character($0) }, on: &levels)
        let few = LevelsPanel.rows(levels.shell.stage(Fixture.sweep, now: now)).dropLast()
        #expect(!few.isEmpty && few.allSatisfy { $0.level.hasFewSamples })
        _ = press([.escape], on: &levels)
        #expect(levels.shell.view.filter == "")
    }
}
