/// One press on a keyboard, whatever kind of terminal it came from.
package enum Key: Hashable, Sendable {
    /// A printable character, as typed: case counts.
    case character(Character)
    case up, down, left, right
    case pageUp, pageDown, home, end
    case tab, backTab
    case enter, escape, backspace, delete
    /// F1 is 1.
    case function(Int)
    /// Control with a letter, lower case: ^L is `.control("l")`.
    case control(Character)
}
