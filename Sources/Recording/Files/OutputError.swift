/// Why a file can't be made. The description is a part of a line for the user.
package struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var reason: String
    /// There is a file already, and nobody said that it may be replaced.
    package var exists = false

    package var description: String { "can't write \(path): \(reason)" }
}
