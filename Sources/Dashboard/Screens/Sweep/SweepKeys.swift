import Canvas
import Measure

extension KeyTable {
    /// In a replay those that steer stay bound, to say why they do nothing.
    static let sweep = KeyTable(rows: [
        .quit,
        .freeze,
        Row(
            keys: "←→ hl", short: "←→", word: "level",
            help: "look at a finished level; Esc goes back to the live one",
            footerRank: 4,
            bindings: [
                Binding(keys: [.left, .character("h")], command: .older),
                Binding(keys: [.right, .character("l")], command: .newer),
            ]),
        .endpoint,
        Row(
            keys: "+ -", short: "+/-", word: "users",
            help: "users, by 1 up to 16, then by 12 % (\(UserStep.help))",
            footerRank: 6,
            bindings: [
                Binding(keys: [.character("+"), .character("=")], command: .steer(.adjustUsers(by: 1))),
                Binding(keys: [.character("-"), .character("_")], command: .steer(.adjustUsers(by: -1))),
            ]),
        Row(
            keys: "n", short: "n", word: "next level",
            help: "end this level now (marked as cut short), begin the next",
            footerRank: 7, bindings: [Binding(keys: [.character("n")], command: .steer(.nextLevel))]),
        Row(
            keys: "r", short: "r", word: "again",
            help: "run this level again",
            footerRank: 13, bindings: [Binding(keys: [.character("r")], command: .steer(.repeatLevel))]),
        Row(
            keys: "p", short: "p", word: "pause",
            help: "pause the load, not the view; p again goes on",
            footerRank: 12, bindings: [Binding(keys: [.character("p")], command: .steer(.pause))]),
        .mark,
        .export,
        .copy("the verdict and the command that repeats it"),
        .theme,
        Row(
            keys: "y", short: "y", word: "axis",
            help: "the curve's latency: E2E, TTFT or TPOT; of each the p95, or what the budget limits",
            footerRank: 14,
            bindings: [Binding(keys: [.character("y")], command: .curveAxis)]),
        Row(
            keys: "/", short: "/", word: "filter",
            help: "show only endpoints or levels that hold a text; Esc shows all",
            footerRank: 15,
            bindings: [Binding(keys: [.character("/")], command: .filter)]),
        Row(
            keys: "1-8", short: "1-5", word: "panel",
            help: "one panel alone: tokens/s, TTFT, TPOT, curve, levels, server, GPUs, endpoints",
            footerRank: 11,
            bindings: (1...8).map { digit in
                Binding(keys: [.character(Character("\(digit)"))], command: .panel(digit))
            }),
        .back,
        .redraw,
        .help,
    ])
}
