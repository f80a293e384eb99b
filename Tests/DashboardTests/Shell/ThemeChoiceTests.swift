import Canvas
import Measure
import Testing

@testable import Dashboard

/// No theme is shown on a background that it can't be read on.
@Suite struct ThemeChoiceTests {
    private func names(_ dashboard: inout Dashboard) -> Set<String> {
        var names: Set<String> = []
        for _ in 0..<12 {
            _ = dashboard.handle(.character("t"), snapshot: Fixture.sweep, now: Fixture.sweep.at)
            names.insert(dashboard.shell.theme.name)
        }
        return names
    }

    private func dashboard(_ theme: String) -> Dashboard {
        Dashboard(
            themes: Theme.builtIn, selectedTheme: Theme.builtIn.firstIndex { $0.name == theme } ?? 0,
            glyphs: .braille, mode: .sweep)
    }

    @Test func themesOfTheOtherKindArePassedOver() {
        var dark = dashboard("plimsoll")
        dark.terminalBackground(.rgb(0x1E, 0x1E, 0x1E))
        #expect(names(&dark) == Set(Theme.builtIn.map(\.name)).subtracting(["daylight"]))
        var light = dashboard("daylight")
        light.terminalBackground(.rgb(0xFF, 0xFF, 0xFF))
        // A theme with a background of its own fits everywhere.
        let fitting = Set(Theme.builtIn.filter { $0.suits(.light) }.map(\.name))
        #expect(
            fitting.isSuperset(of: ["daylight", "terminal", "mono", "harbour"])
                && !fitting.contains("plimsoll"))
        #expect(names(&light) == fitting)
        // It hasn't said: what was asked for is taken to fit.
        var unknown = dashboard("daylight")
        #expect(names(&unknown) == fitting)
    }

    @Test func whatWasAskedForIsPainted() {
        var dashboard = dashboard("daylight")
        func blank() -> Color {
            dashboard.draw(Fixture.sweep, width: 80, height: 24, now: Fixture.sweep.at)[79, 0].style
                .background
        }
        #expect(blank() == .terminal)
        dashboard.terminalBackground(.rgb(0, 0, 0))
        #expect(blank() == dashboard.shell.theme.paper && blank() != .terminal)
        dashboard.terminalBackground(.rgb(0xEE, 0xEE, 0xEE))
        #expect(blank() == .terminal)
    }
}
