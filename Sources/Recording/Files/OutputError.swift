/// Why a file can't be made. The description is a part of a line for the user.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String
    /// There is a file already, and nobody said that it may be replaced.
    public var exists = false

    public var description: String { "can't write \(path): \(reason)" }
}
