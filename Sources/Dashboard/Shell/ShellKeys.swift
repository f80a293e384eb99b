import Canvas

/// The keys that mean the same on every screen.
extension KeyTable.Row {
    static let quit = KeyTable.Row(
        keys: "q Q ^C", short: "q", word: "quit",
        help: "quit: q asks first, Q and ^C don't; the recording is kept",
        footerRank: 0,
        bindings: [
            KeyTable.Binding(keys: [.character("q")], command: .quit),
            KeyTable.Binding(keys: [.character("Q"), .control("c")], command: .quitAtOnce),
        ])

    static let freeze = KeyTable.Row(
        keys: "space", short: "space", word: "freeze",
        help: "freeze the view; measuring and recording go on",
        helpInReplay:
            "freeze the view; the replay plays on behind it, and is that much further when space thaws it",
        footerRank: 3, bindings: [KeyTable.Binding(keys: [.character(" ")], command: .freeze)])

    static let endpoint = KeyTable.Row(
        keys: "↑↓ kj Tab", short: "↑↓", word: "endpoint",
        help: "choose an endpoint",
        footerRank: 5,
        bindings: [
            KeyTable.Binding(keys: [.up, .character("k"), .backTab], command: .previousEndpoint),
            KeyTable.Binding(keys: [.down, .character("j"), .tab], command: .nextEndpoint),
        ])

    static let mark = KeyTable.Row(
        keys: "m", short: "m", word: "mark",
        help: "leave a note in the recording: type it, Enter saves it",
        footerRank: 8, bindings: [KeyTable.Binding(keys: [.character("m")], command: .mark)])

    static let export = KeyTable.Row(
        keys: "e", short: "e", word: "export",
        help: "write what there is as CSV now, and say where",
        footerRank: 9, bindings: [KeyTable.Binding(keys: [.character("e")], command: .export)])

    /// - Parameter what: "the verdict and …".
    static func copy(_ what: String) -> KeyTable.Row {
        KeyTable.Row(
            keys: "c", short: "c", word: "copy", help: "copy \(what), where the terminal takes that (OSC 52)",
            footerRank: 16, bindings: [KeyTable.Binding(keys: [.character("c")], command: .copy)])
    }

    static let theme = KeyTable.Row(
        keys: "t", short: "t", word: "theme", help: "the next theme for this background", footerRank: 10,
        bindings: [KeyTable.Binding(keys: [.character("t")], command: .theme)])

    static let back = KeyTable.Row(
        keys: "Esc", short: "Esc", word: "back", help: "one step back, from whatever is open",
        footerRank: 2, bindings: [KeyTable.Binding(keys: [.escape], command: .back)])

    static let redraw = KeyTable.Row(
        keys: "^L", short: "^L", word: "redraw", help: "draw everything afresh", footerRank: nil,
        bindings: [KeyTable.Binding(keys: [.control("l")], command: .redraw)])

    static let help = KeyTable.Row(
        keys: "? F1", short: "?", word: "help",
        help: "this help; Tab turns to the words",
        footerRank: 1,
        bindings: [KeyTable.Binding(keys: [.character("?"), .function(1)], command: .help)])
}
