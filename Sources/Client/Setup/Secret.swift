/// A value that must never be seen: an API key. It prints as dots, wherever it is printed.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    public init(_ value: String) { self.value = value }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The value itself: for the bytes on the wire and nothing else.
    func reveal() -> String { value }
}
