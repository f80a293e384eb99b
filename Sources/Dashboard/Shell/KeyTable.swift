import Canvas

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
        /// In a replay, where that's another.
        var helpInReplay: String?
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
}
