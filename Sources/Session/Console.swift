/// Where a session prints. All text passes a sanitiser on its way: much of it was written by servers.
package protocol Console: Sendable {
    /// On standard output.
    func output(_ text: String)
    /// The same for JSON, which keeps its meaning and its characters.
    func document(_ json: String)
    /// On standard error.
    func error(_ text: String)
    /// Columns of standard output; nil where lines may be as long as they are.
    var width: Int? { get }
}

extension Console {
    /// One line that says what is wrong.
    package func complain(_ message: String) { error("plimsoll: \(message)\n") }
}
