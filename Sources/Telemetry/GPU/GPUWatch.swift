import Foundation
package import Measure
import Synchronization

/// Watches this machine's GPUs as long as somebody holds it: four times a second whether they are throttled, once a
/// second everything else.
///
/// On a thread of its own, since a driver in trouble may let a call hang: then nothing new is seen, and nobody waits
/// for it.
package final class GPUWatch: Sendable {
    private let seenSoFar = Seen()

    private static let period = 0.25
    private static let looksEvery = 4

    package convenience init() {
        self.init { () throws(NVML.Absence) in
            do throws(NVML.Absence) {
                // NVIDIA's library first; a machine has cards of one maker.
                let library = try NVML()
                return Driver(throttled: library.throttleReasons, look: library.look)
            } catch {
                guard error == .none, let cards = SysfsGPUs() else { throw error }
                return Driver(throttled: { [] }, look: cards.look)
            }
        }
    }

    /// What GPUs are asked by.
    struct Driver {
        var throttled: () -> [ThrottleReasons?]
        var look: () -> GPULook
    }

    /// - Parameter open: called on the thread.
    init(_ open: @escaping @Sendable () throws(NVML.Absence) -> Driver) {
        let thread = Thread { [weak seenSoFar] in
            let driver: Driver
            do throws(NVML.Absence) {
                driver = try open()
            } catch {
                seenSoFar?.value.withLock { $0.isDriverUpgraded = error == .driverUpgraded }
                return
            }
            var round = 0
            while let seenSoFar {
                seenSoFar.add(driver.throttled())
                if round % Self.looksEvery == 0 { seenSoFar.add(driver.look(), at: SystemTime.now()) }
                round += 1
                Thread.sleep(forTimeInterval: Self.period)
            }
        }
        thread.name = "gpu-watch"
        thread.start()
    }

    /// What was seen so far; nothing where there is no such GPU.
    package func seen() -> ThrottleTally { seenSoFar.value.withLock { $0.tally } }

    /// What somebody should know who misses the GPUs; nil where nothing is wrong.
    package var trouble: Shown? {
        seenSoFar.value.withLock(\.isDriverUpgraded)
            ? "the NVIDIA driver was upgraded: its GPUs can't be read before the machine starts again" : nil
    }

    /// The newest look at all of them, as a reading by `reader`; nil before the first, and where there are none. An old
    /// one means that the driver hangs.
    package func reading(by reader: inout GPUReader) -> Reading? {
        guard let (at, look) = seenSoFar.value.withLock({ $0.look }) else { return nil }
        return reader.read(look, at: at)
    }

    /// Outlives the watch by one reading at most.
    private final class Seen: Sendable {
        struct Value {
            var tally = ThrottleTally()
            var look: (at: Moment, look: GPULook)?
            var isDriverUpgraded = false
        }

        let value = Mutex(Value())

        func add(_ reading: [ThrottleReasons?]) { value.withLock { $0.tally.add(reading) } }

        func add(_ look: GPULook, at moment: Moment) { value.withLock { $0.look = (moment, look) } }
    }
}
