/// A terminal's size in cells; never under 1×1.
package struct TerminalSize: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
    }
}
