import Testing

@testable import Canvas

/// Every theme can be read, however it was made, with however many colours.
@Suite struct ThemeContrastTests {
    private static let depths: [ColorDepth] = [.trueColor, .ansi256, .ansi16, .ansi8]

    /// As bad as those that people have: `inactive_fg` from invisible to faint, on all kinds of backgrounds.
    private static let constructed: [(name: String, text: String)] =
        ["#000000", "#1d1f21", "#282a36", "#2e3440", "#002b36", "#fdf6e3", "#ffffff", ""].flatMap {
            background in
            [0.0, 0.05, 0.12, 0.25, 0.4].map { share in
                let paper: (Double, Double, Double) =
                    switch background {
                    case "#000000": (0, 0, 0)
                    case "#1d1f21", "": (29, 31, 33)
                    case "#282a36": (40, 42, 54)
                    case "#2e3440": (46, 52, 64)
                    case "#002b36": (0, 43, 54)
                    case "#fdf6e3": (253, 246, 227)
                    default: (255, 255, 255)
                    }
                let isLight = paper.0 > 128
                let ink = isLight ? 60.0 : 200.0
                func mixed(_ channel: Double) -> Int { Int(channel + share * (ink - channel)) }
                let faint = "\(mixed(paper.0)) \(mixed(paper.1)) \(mixed(paper.2))"
                let text = """
                    theme[main_bg]="\(background)"
                    theme[main_fg]="\(Int(ink)) \(Int(ink)) \(Int(ink))"
                    theme[title]="\(faint)"
                    theme[hi_fg]="\(isLight ? "#ffd0d0" : "#300000")"
                    theme[inactive_fg]="\(faint)"
                    theme[selected_bg]="\(isLight ? "#e0e0e0" : "#303030")"
                    theme[selected_fg]="\(isLight ? "#ffffff" : "#202020")"
                    theme[cpu_start]="\(faint)"
                    theme[cpu_end]="\(faint)"
                    theme[download_start]="#000000"
                    theme[download_end]="#ffffff"
                    """
                return ("\(background) \(share)", text)
            }
        }

    private static func paper(of theme: Theme, at depth: ColorDepth) -> Color {
        if theme.color(.background) != .terminal { return theme.color(.background).shown(at: depth) }
        // Few colours: the terminal has black or white behind them.
        guard depth == .ansi16 || depth == .ansi8 else { return theme.paper }
        return theme.ground == .light ? .rgb(255, 255, 255) : .rgb(0, 0, 0)
    }

    private static func check(_ theme: Theme, _ what: String) {
        for depth in depths {
            let adapted = theme.adapted(to: depth)
            // One that is all the terminal's is its user's business.
            if adapted.ground == nil { continue }
            let paper = paper(of: adapted, at: depth)
            for role in ThemeRole.allCases {
                let least: Double? =
                    switch role {
                    case .background, .selectedBackground, .selectedForeground: nil
                    case .series: 3
                    case .cpuBox, .memoryBox, .networkBox, .processBox, .divider, .meterBackground: nil
                    default: 4.5
                    }
                let color = adapted.color(role)
                // What the terminal's user has set is his business.
                guard let contrast = color.shown(at: depth).contrast(on: paper) else { continue }
                if case .ansi = color, depth != .ansi8 { continue }
                if let least {
                    #expect(contrast >= least - 1e-9, "\(what) \(depth) \(role.key): \(contrast)")
                }
                if depth == .ansi8, adapted.ground == .dark {
                    #expect(color != .ansi(8), "\(what) \(role.key) is bold black")
                }
            }
            let selection = adapted.selection
            if let contrast = selection.foreground.shown(at: depth).contrast(
                on: selection.background.shown(at: depth))
            {
                #expect(contrast >= 4.5 - 1e-9, "\(what) \(depth) selection: \(contrast)")
            }
            for role in ThemeRole.allCases {
                let style = adapted.selected(role)
                guard let contrast = style.foreground.contrast(on: style.background) else { continue }
                #expect(contrast >= 3 - 1e-9, "\(what) \(depth) \(role.key) on the selected row: \(contrast)")
            }
        }
    }

    @Test(arguments: constructed.map(\.name)) func badThemesAreMadeLegible(_ name: String) throws {
        let found = try #require(Self.constructed.first { $0.name == name })
        Self.check(try Theme(parsing: found.text, name: name), name)
    }

    @Test(arguments: Theme.builtIn.map(\.name)) func oursAreLegible(_ name: String) throws {
        let theme = try #require(Theme.builtIn.first { $0.name == name })
        Self.check(theme, name)
        if theme.ground != nil { Self.check(theme.painted, name + " painted") }
    }

    /// What can be read as it is stays as it is, and what can't keeps its hue as long as it may.
    @Test func noMoreIsChangedThanMustBe() throws {
        let theme = try Theme(
            parsing: """
                theme[main_bg]="#101010"
                theme[main_fg]="#e0e0e0"
                theme[title]="#ff8080"
                theme[inactive_fg]="#602020"
                """, name: "x")
        #expect(theme.color(.title) == .rgb(0xFF, 0x80, 0x80))
        guard case .rgb(let red, let green, let blue) = theme.color(.inactive) else {
            Issue.record("no colour")
            return
        }
        #expect(red > green && green == blue && green > 0x20)
    }

    @Test func groundsAreTold() throws {
        func ground(_ name: String) -> Theme.Ground? { Theme.builtIn.first { $0.name == name }?.ground }
        #expect(ground("daylight") == .light && ground("plimsoll") == .dark && ground("sixteen") == .dark)
        #expect(ground("terminal") == nil && ground("mono") == nil)
        #expect(Theme.Ground(of: .rgb(0x1E, 0x20, 0x28)) == .dark)
        #expect(Theme.Ground(of: .rgb(0xFD, 0xF6, 0xE3)) == .light)
        let daylight = try #require(Theme.builtIn.first { $0.name == "daylight" })
        #expect(!daylight.suits(.dark) && daylight.suits(.light) && daylight.painted.suits(.dark))
        #expect(daylight.paper.contrast(on: daylight.color(.foreground)) ?? 0 > 7)
    }
}
