import Measure

/// What is being looked at, and how: all that keys change in the shell itself.
struct ViewState: Sendable {
    /// An index into the snapshot's endpoints; may be past the end when they are fewer by now.
    var endpoint = 0
    var maximised: PanelKind?
    var filter = ""
    var prompt: Prompt?
    var help: HelpPage?
    /// Lines scrolled off the help's top.
    var helpScroll = 0
    var notice: Notice?

    /// Something in the footer that takes every key until it's answered.
    enum Prompt: Hashable, Sendable {
        case quit
        case note(LineEditor)
        case filter(LineEditor)
    }

    enum HelpPage: Int, Hashable, Sendable, CaseIterable {
        case keys, words

        var next: HelpPage { self == .keys ? .words : .keys }
    }
}
