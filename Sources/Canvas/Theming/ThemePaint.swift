/// One value of a theme: a colour, and attributes as an extension of ours.
struct ThemePaint: Hashable, Sendable {
    var color: Color
    var attributes: Style.Attributes = []
}
