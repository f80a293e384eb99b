/// A value that must never be seen: an API key. It prints as dots, wherever it is printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The value itself: for the bytes on the wire and nothing else.
    func reveal() -> String { value }
}
