/// Why a theme was refused, in one line.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or the name asked for.
    package var source: String
    /// From 1; nil when it's about the whole file.
    package var line: Int?
    /// What is wrong, and what would be right.
    package var problem: String

    package init(source: String, line: Int? = nil, problem: String) {
        self.source = source
        self.line = line
        self.problem = problem
    }

    package var description: String {
        let place = line.map { ":\($0)" } ?? ""
        return "theme \(Harmless.text(source, limit: 200))\(place): \(problem)"
    }
}
