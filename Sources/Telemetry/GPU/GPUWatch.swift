package import Measure
import Synchronization
import System

/// Watches this machine's GPUs as long as somebody holds it: four times a second whether they are throttled, once a
/// second everything else.
///
/// On a thread of its own, since a driver in trouble may let a call hang: then nothing new is seen, and nobody waits
/// for it.
package final class GPUWatch: Source {
    package let info: SourceInfo
    private let seenSoFar: Seen

    /// Nanoseconds.
    private static let period: Int64 = 250_000_000
    private static let looksEvery = 4

    package convenience init(id: SourceID) {
        self.init(id: id) { () throws(NVML.Absence) in
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
    init(id: SourceID, _ open: @escaping @Sendable () throws(NVML.Absence) -> Driver) {
        info = SourceInfo(id: id, name: "this machine's GPUs")
        let seen = Seen(source: id)
        seenSoFar = seen
        // Where there can be no thread, nothing is seen.
        try? OwnThread.start { [weak seen] in
            let driver: Driver
            do throws(NVML.Absence) {
                driver = try open()
            } catch {
                seen?.value.withLock { $0.isDriverUpgraded = error == .driverUpgraded }
                return
            }
            var round = 0
            while let seen {
                seen.add(driver.throttled())
                if round.isMultiple(of: Self.looksEvery) { seen.add(driver.look(), at: SystemTime.now()) }
                round += 1
                OwnThread.pause(nanoseconds: Self.period)
            }
        }
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

    /// Says why the GPUs hold their clocks down, whenever that changes.
    package func run(into taker: any EntryTaker) async {
        for await reading in seenSoFar.readings { await taker.take(.reading(reading)) }
    }

    /// Outlives the watch by one round at most.
    private final class Seen: Sendable {
        struct Value {
            var tally = ThrottleTally()
            var look: (at: Moment, look: GPULook)?
            var isDriverUpgraded = false
            /// The reasons that were told of last.
            var told: [Double?] = []
        }

        let value = Mutex(Value())
        /// Nobody who is behind needs the older ones.
        let readings: AsyncStream<Reading>
        private let reader: AsyncStream<Reading>.Continuation
        private let source: SourceID

        init(source: SourceID) {
            self.source = source
            (readings, reader) = AsyncStream.makeStream(
                of: Reading.self, bufferingPolicy: .bufferingNewest(16))
        }

        func add(_ reasons: [ThrottleReasons?]) {
            let values = reasons.map { $0.map { Double($0.rawValue) } }
            let isNew = value.withLock { value in
                value.tally.add(reasons)
                defer { value.told = values }
                return value.told != values
            }
            guard isNew else { return }
            let series = values.indices.map { Shown("gpu\($0)_clocks_event_reasons") }
            reader.yield(Reading(source: source, at: SystemTime.now(), series: series, values: values))
        }

        func add(_ look: GPULook, at moment: Moment) { value.withLock { $0.look = (moment, look) } }
    }
}
