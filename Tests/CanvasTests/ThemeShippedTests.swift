import Foundation
import Testing

@testable import Canvas

@Suite struct ThemeShippedTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "themes")

    @Test func everyFileIsBuiltIn() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }
        #expect(Set(files) == Set(Theme.builtIn.map(\.name)))
        #expect(Theme.builtIn.count == files.count)
        #expect(files.count >= 10)
        #expect(Theme.builtIn.first == .standard)
        #expect(Theme.standard.name == "plimsoll")
    }

    /// WCAG 2.2: 4.5 for text, 3 for what is drawn.
    @Test(arguments: Theme.builtIn.map(\.name))
    func canBeRead(_ name: String) throws {
        let theme = try ThemeLibrary(directories: []).theme(name)
        let background = assumedBackground(of: theme)
        let texts: [ThemeRole] =
            [
                .foreground, .title, .highlight, .inactive, .graphText, .miscellaneous, .good, .warn, .bad,
                .budget, .ceiling, .live, .loadLine,
            ]
        for role in texts {
            expect(theme.color(role), on: background, atLeast: 4.5, "\(theme.name) \(role.key)")
        }
        for role in (0..<8).map(ThemeRole.series) {
            expect(theme.color(role), on: background, atLeast: 3, "\(theme.name) \(role.key)")
        }
        let isDark = theme.name != "daylight"
        for gradient in [ThemeGradient.latency, .throughput] {
            for step in 0...10 {
                expect(
                    theme.gradient(gradient, at: Double(step) / 10), on: background,
                    atLeast: isDark ? 3 : 2.5,
                    "\(theme.name) \(gradient.rawValue) \(step)")
            }
        }
        if theme.color(.selectedBackground) != .terminal {
            expect(
                theme.color(.selectedForeground), on: theme.color(.selectedBackground), atLeast: 4.5,
                "\(theme.name) selection")
        }
    }

    @Test(arguments: Theme.builtIn.map(\.name).filter { !["terminal", "mono"].contains($0) })
    func seriesDiffer(_ name: String) throws {
        let theme = try ThemeLibrary(directories: []).theme(name)
        let colors = (0..<8).map { theme.color(.series($0)) }
        for (index, color) in colors.enumerated() {
            for other in colors[..<index] {
                #expect(color.distance(to: other) > 40 * 40, "\(theme.name) \(color) \(other)")
            }
        }
    }

    @Test func honestToTheirNames() {
        func theme(_ name: String) -> Theme { Theme.builtIn.first { $0.name == name } ?? .standard }
        for role in ThemeRole.allCases {
            #expect(theme("mono").color(role) == .terminal)
            for name in ["terminal", "sixteen"] {
                if case .rgb = theme(name).color(role) {
                    Issue.record("\(name) \(role.key) is a fixed colour")
                }
            }
        }
        for gradient in ThemeGradient.allCases {
            #expect(theme("mono").gradient(gradient, at: 1) == .terminal)
            if case .rgb = theme("sixteen").gradient(gradient, at: 0.5) { Issue.record("\(gradient)") }
            if case .rgb = theme("terminal").gradient(gradient, at: 0.5) { Issue.record("\(gradient)") }
        }
    }

    /// The theme's own, or what its file says that it was made for.
    private func assumedBackground(of theme: Theme) -> Color {
        guard theme.color(.background) == .terminal else { return theme.color(.background) }
        return switch theme.name {
        case "daylight": .rgb(250, 250, 250)
        case "sixteen": .rgb(0, 0, 0)
        default: .rgb(0x18, 0x1A, 0x1F)
        }
    }

    private func expect(_ color: Color, on background: Color, atLeast ratio: Double, _ what: String) {
        guard let front = luminance(color), let back = luminance(background) else { return }
        let contrast = (max(front, back) + 0.05) / (min(front, back) + 0.05)
        #expect(contrast >= ratio, "\(what): \(contrast)")
    }

    /// nil for `terminal`, which is its user's business. The sixteen are taken as xterm has them.
    private func luminance(_ color: Color) -> Double? {
        switch color {
        case .terminal: return nil
        case .ansi(let number):
            // What users set for dark red and blue can't be known.
            return number >= 7 ? luminance(Self.sixteen[Int(number)]) : nil
        case .rgb(let r, let g, let b):
            func linear(_ channel: UInt8) -> Double {
                let value = Double(channel) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        }
    }

    /// xterm's.
    private static let sixteen: [Color] = [
        .rgb(0, 0, 0), .rgb(205, 0, 0), .rgb(0, 205, 0), .rgb(205, 205, 0), .rgb(0, 0, 238),
        .rgb(205, 0, 205), .rgb(0, 205, 205), .rgb(229, 229, 229), .rgb(127, 127, 127), .rgb(255, 0, 0),
        .rgb(0, 255, 0), .rgb(255, 255, 0), .rgb(92, 92, 255), .rgb(255, 0, 255), .rgb(0, 255, 255),
        .rgb(255, 255, 255),
    ]
}
