import Measure

/// What is being looked at, and how: all that keys change in the shell itself.
struct ViewState: Sendable {
    /// The place in the snapshot of the endpoint that was chosen; nil: the first row that has figures. May be past the end when they
    /// are fewer by now.
    var endpoint: Int?
    var maximised: PanelKind?
    var filter = ""
    var prompt: Prompt?
    var help: HelpPage?
    /// Lines scrolled off the help's top.
    var helpScroll = 0
    var notice: Notice?

    /// Something in the footer that takes every key until it's answered.
    enum Prompt: Hashable, Sendable {
        case quit(String, short: String)
        case note(LineEditor)
        case filter(LineEditor)
    }

    /// The place in the snapshot of the one that is selected among these.
    func endpoint(in rows: [EndpointRow]) -> Int {
        guard let endpoint else { return (rows.first(where: \.hasFigures) ?? rows.first)?.index ?? 0 }
        return max(0, min(endpoint, rows.count - 1))
    }

    enum HelpPage: Int, Hashable, Sendable, CaseIterable {
        case keys, words

        var next: HelpPage { self == .keys ? .words : .keys }
    }
}
