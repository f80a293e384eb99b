package import Measure
import Synchronization

/// How often a sweep reads its servers' pages: a server makes them on the threads that send tokens, so that inside a
/// window, whosever it is, they are read less often.
package final class ScrapePace: Sendable {
    /// Inside a window; nil: not at all.
    private let inside: Nanoseconds?
    private let open = Mutex<Set<EndpointID>>([])

    package static let standard = 5 * Nanoseconds.second
    /// While nothing is measured.
    static let outside = Nanoseconds.second

    package init(insideWindows inside: Nanoseconds? = ScrapePace.standard) { self.inside = inside }

    package func windowOpens(of endpoint: EndpointID) { open.withLock { _ = $0.insert(endpoint) } }

    package func windowClosed(of endpoint: EndpointID) { open.withLock { _ = $0.remove(endpoint) } }

    /// nil: not now.
    var interval: Nanoseconds? { open.withLock(\.isEmpty) ? Self.outside : inside }
}
