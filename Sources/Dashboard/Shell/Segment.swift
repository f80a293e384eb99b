import Canvas

/// A piece of a one-line display that may be shortened or left out when there's no room.
struct Segment: Hashable, Sendable {
    var text: String
    /// Taken in place of `text` before the whole segment goes.
    var short: String?
    /// What it was before it was shortened.
    var long: String?
    var role: ThemeRole
    var attributes: Style.Attributes
    /// The lowest goes first; of equal ones the rightmost.
    var priority: Int
    /// When it's shortened, in the same queue; nil: when its turn to go comes.
    var shortenAt: Int?

    /// Its place in the queue of what gives way next.
    var turn: Int { short == nil ? priority : shortenAt ?? priority }

    init(
        _ text: String, short: String? = nil, role: ThemeRole = .foreground,
        _ attributes: Style.Attributes = [], priority: Int, shortenAt: Int? = nil
    ) {
        self.text = text
        self.short = short
        self.role = role
        self.attributes = attributes
        self.priority = priority
        self.shortenAt = shortenAt
    }
}
