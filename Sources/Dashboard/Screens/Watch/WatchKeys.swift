import Canvas

extension KeyTable {
    static let watch = KeyTable(rows: [
        Row(
            keys: "q Q ^C", short: "q", word: "quit",
            help: "quit; q asks first where nothing was recorded",
            footerRank: 0,
            bindings: [
                Binding(keys: [.character("q")], command: .quit),
                Binding(keys: [.character("Q"), .control("c")], command: .quitAtOnce),
            ]),
        .freeze,
        Row(
            keys: "←→ hl", short: "←→", word: "time",
            help: "one time cursor over all panels: figures are those of that moment; Esc returns to now",
            footerRank: 4,
            bindings: [
                Binding(keys: [.left, .character("h")], command: .older),
                Binding(keys: [.right, .character("l")], command: .newer),
            ]),
        Row(
            keys: "[ ]", short: "[ ]", word: "span",
            help: "how far back the charts reach: 1 m, 5 m, 15 m, 1 h, 6 h",
            footerRank: 8,
            bindings: [
                Binding(keys: [.character("[")], command: .shorterSpan),
                Binding(keys: [.character("]")], command: .longerSpan),
            ]),
        .endpoint,
        Row(
            keys: "Enter", short: "Enter", word: "in full",
            help: "the selected endpoint in full; Enter or Esc closes it",
            footerRank: 6, bindings: [Binding(keys: [.enter], command: .open)]),
        Row(
            keys: "s", short: "s", word: "sort",
            help: "sort the endpoints: worst first, as they joined, by running, output, TTFT",
            footerRank: 9, bindings: [Binding(keys: [.character("s")], command: .sort)]),
        Row(
            keys: "b", short: "b", word: "budget",
            help:
                "look at one limit of the budget after the other: its heat map, what is within it; then at all",
            footerRank: 12, bindings: [Binding(keys: [.character("b")], command: .budget)]),
        Row(
            keys: "a", short: "a", word: "acknowledge",
            help: "what stands now has been seen: it is dimmed and no alert any more",
            footerRank: 7, bindings: [Binding(keys: [.character("a")], command: .acknowledge)]),
        Row(
            keys: "m", short: "m", word: "note",
            help: "leave a note among the events and in the recording: type it, Enter saves it",
            footerRank: 10, bindings: [Binding(keys: [.character("m")], command: .mark)]),
        Row(
            keys: "e", short: "e", word: "export",
            help: "write what there is as CSV now, and say where",
            footerRank: 13, bindings: [Binding(keys: [.character("e")], command: .export)]),
        .copy("how the endpoint is, what stands against it and the command that looks again"),
        Row(
            keys: "t", short: "t", word: "theme", help: "the next theme for this background", footerRank: 14,
            bindings: [Binding(keys: [.character("t")], command: .theme)]),
        Row(
            keys: "/", short: "/", word: "filter",
            help: "show only endpoints that hold a text; Esc shows all",
            footerRank: 15,
            bindings: [Binding(keys: [.character("/")], command: .filter)]),
        Row(
            keys: "1-6", short: "1-6", word: "panel",
            help: "one panel alone, with more in it: endpoints, load, TTFT, TPOT, GPUs, events",
            footerRank: 11,
            bindings: (1...6).map { digit in
                Binding(keys: [.character(Character("\(digit)"))], command: .panel(digit))
            }),
        Row(
            keys: "PgUp PgDn", short: "PgDn", word: "more",
            help: "page through the endpoint in full, and the events when they are alone",
            footerRank: 17,
            bindings: [
                Binding(keys: [.pageUp], command: .previousPage),
                Binding(keys: [.pageDown], command: .nextPage),
            ]),
        .back,
        .redraw,
        .help,
    ])
}
