import ArgumentParser
package import Canvas
import Charts
package import Dashboard
import Session
import Terminal

extension GlyphSet: ExpressibleByArgument {}
extension ReferenceBand: ExpressibleByArgument {}

/// What the screen looks like.
struct ScreenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A .theme file (btop's format), the name of one of yours, or one of: \(Self.builtInThemes).",
            valueName: "name|file"))
    var theme = "plimsoll"

    @Option(help: ArgumentHelp("braille, block or ascii; by the locale, if not given.", valueName: "set"))
    var charset: GlyphSet?

    @Option(
        help: ArgumentHelp(
            "What others claim for own-7b, own-70b or shared-cloud, shown beside TTFT and the speed a user sees.",
            valueName: "class"))
    var bands: ReferenceBand?

    @Flag(help: "No colours (also by the environment's NO_COLOR).")
    var noColor = false

    private static let builtInThemes = Theme.builtIn.map(\.name).joined(separator: ", ")

    func themes() throws -> (all: [Theme], selected: Int) {
        let library = ThemeLibrary(environment: Environment.variables)
        do {
            let chosen = try library.theme(theme)
            let others = library.names().compactMap { try? library.theme($0) }
            let all = others.contains(chosen) ? others : [chosen] + others
            return (all, all.firstIndex(of: chosen) ?? 0)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Fails on what can't be, whether or not there will be a screen.
    func setup(if isWanted: Bool) throws -> ScreenSetup? {
        let traits = isWanted ? try traits() : nil
        let (all, selected) = try themes()
        return traits.map {
            ScreenSetup(
                traits: $0, themes: all, selectedTheme: selected, glyphs: charset, bands: bands)
        }
    }

    private func traits() throws -> TerminalTraits {
        let environment = Environment.variables
        let isColorless = noColor || !(environment["NO_COLOR"] ?? "").isEmpty
        do {
            return try TerminalSession.inspect(
                environment: environment, forcedColorDepth: isColorless ? .mono : nil)
        } catch {
            throw CommandFailure("\(error)", .wrongUsage)
        }
    }
}
