import Canvas
import Charts

/// The one table of keys: it's what presses are looked up in, and what the footer and the help are
/// made from.
struct KeyTable: Hashable, Sendable {
    /// One line of the help, and one entry of the footer.
    struct Row: Hashable, Sendable {
        /// As the help shows the keys: "←→ hl".
        var keys: String
        /// As the footer does: "←→".
        var short: String
        /// The footer's word for it; one or two words.
        var word: String
        /// The help's sentence.
        var help: String
        /// The place in the queue for a narrow footer's room, lowest first; nil: only in the help.
        var footerRank: Int?
        var bindings: [Binding]

        var steers: Bool { bindings.contains { $0.command.steers } }
    }

    struct Binding: Hashable, Sendable {
        var keys: [Key]
        var command: Command
    }

    let rows: [Row]
    private let commands: [Key: Command]

    init(rows: [Row]) {
        self.rows = rows
        var commands: [Key: Command] = [:]
        for binding in rows.flatMap(\.bindings) {
            for key in binding.keys where commands[key] == nil { commands[key] = binding.command }
        }
        self.commands = commands
    }

    func command(for key: Key) -> Command? { commands[key] }

    /// All keys. In a replay those that steer stay bound, to say why they do nothing.
    static let standard = KeyTable(rows: [
        Row(
            keys: "q Q ^C", short: "q", word: "quit",
            help: "quit: q asks first, Q and ^C don't; the recording is kept",
            footerRank: 0,
            bindings: [
                Binding(keys: [.character("q")], command: .quit),
                Binding(keys: [.character("Q"), .control("c")], command: .quitAtOnce),
            ]),
        Row(
            keys: "space", short: "space", word: "freeze",
            help: "freeze the view; measuring and recording go on",
            footerRank: 3, bindings: [Binding(keys: [.character(" ")], command: .freeze)]),
        Row(
            keys: "←→ hl", short: "←→", word: "level",
            help: "look at a finished level; Esc goes back to the live one",
            footerRank: 4,
            bindings: [
                Binding(keys: [.left, .character("h")], command: .olderLevel),
                Binding(keys: [.right, .character("l")], command: .newerLevel),
            ]),
        Row(
            keys: "↑↓ kj Tab", short: "↑↓", word: "endpoint",
            help: "choose an endpoint",
            footerRank: 5,
            bindings: [
                Binding(keys: [.up, .character("k"), .backTab], command: .previousEndpoint),
                Binding(keys: [.down, .character("j"), .tab], command: .nextEndpoint),
            ]),
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
        Row(
            keys: "m", short: "m", word: "mark",
            help: "leave a note in the recording: type it, Enter saves it",
            footerRank: 8, bindings: [Binding(keys: [.character("m")], command: .mark)]),
        Row(
            keys: "e", short: "e", word: "export",
            help: "write what there is as CSV now, and say where",
            footerRank: 9, bindings: [Binding(keys: [.character("e")], command: .export)]),
        Row(
            keys: "t", short: "t", word: "theme", help: "the next theme", footerRank: 10,
            bindings: [Binding(keys: [.character("t")], command: .theme)]),
        Row(
            keys: "y", short: "y", word: "axis",
            help: "the curve's latency: p95 of E2E, TTFT or TPOT",
            footerRank: 14,
            bindings: [Binding(keys: [.character("y")], command: .curveAxis)]),
        Row(
            keys: "/", short: "/", word: "filter",
            help: "show only endpoints or levels that hold a text; Esc shows all",
            footerRank: 15,
            bindings: [Binding(keys: [.character("/")], command: .filter)]),
        Row(
            keys: "1-6", short: "1-5", word: "panel",
            help: "one panel alone: tokens/s, TTFT, TPOT, curve, levels, endpoints",
            footerRank: 11,
            bindings: (1...6).map { digit in
                Binding(keys: [.character(Character("\(digit)"))], command: .panel(digit))
            }),
        Row(
            keys: "Esc", short: "Esc", word: "back", help: "one step back, from whatever is open",
            footerRank: 2, bindings: [Binding(keys: [.escape], command: .back)]),
        Row(
            keys: "^L", short: "^L", word: "redraw", help: "draw everything afresh", footerRank: nil,
            bindings: [Binding(keys: [.control("l")], command: .redraw)]),
        Row(
            keys: "? F1", short: "?", word: "help",
            help: "this help; Tab turns to the words",
            footerRank: 1,
            bindings: [Binding(keys: [.character("?"), .function(1)], command: .help)]),
    ])
}
