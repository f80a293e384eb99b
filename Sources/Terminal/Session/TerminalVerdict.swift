/// What an application wants after it has handled an input.
package enum TerminalVerdict: Hashable, Sendable {
    case goOn
    /// Paint every cell anew (^L): somebody else may have written on the screen.
    case redrawAll
    case leave
}
