import Foundation
import Synchronization

/// Watches whether this machine's NVIDIA GPUs are throttled, four times a second, as long as somebody holds it.
///
/// Which of them serves which endpoint nobody says: all are watched. On a thread of its own, since a driver in
/// trouble may let a call hang: then nothing new is seen, and nobody waits for it.
package final class GPUWatch: Sendable {
    private let tally = Tally()

    private static let period = 0.25

    package init() {
        let thread = Thread { [weak tally] in
            guard let library = NVML() else { return }
            while tally?.add(library.throttleReasons()) != nil { Thread.sleep(forTimeInterval: Self.period) }
        }
        thread.name = "gpu-watch"
        thread.start()
    }

    /// What was seen so far; nothing where there is no such GPU.
    package func seen() -> ThrottleTally { tally.value.withLock { $0 } }

    /// Outlives the watch by one reading at most.
    private final class Tally: Sendable {
        let value = Mutex(ThrottleTally())

        func add(_ reading: [ThrottleReasons?]) { value.withLock { $0.add(reading) } }
    }
}
