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
            // A machine may have cards of both makers: NVIDIA's come first.
            do throws(NVML.Absence) {
                let library = try NVML()
                let cards = SysfsGPUs(firstIndex: library.count)
                return Driver(
                    throttled: library.throttleReasons,
                    look: { GPULook(gpus: library.look().gpus + (cards?.look().gpus ?? [])) })
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
        info = SourceInfo(id: id, name: SourceInfo.ownGPUs, role: .gpus)
        let seen = Seen()
        seenSoFar = seen
        // Where there can be no thread, nothing is seen.
        try? OwnThread.start { [weak seen] in
            let driver: Driver
            do throws(NVML.Absence) {
                driver = try open()
            } catch {
                seen?.value.withLock { $0.isDriverUpgraded = error == .driverUpgraded }
                seen?.end()
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

    /// Says all that was seen, once a second; over where there is nothing to be seen.
    package func run(into taker: any EntryTaker) async {
        var reader = GPUReader(source: info.id)
        for await (at, look) in seenSoFar.looks { await taker.take(.reading(reader.read(look, at: at))) }
        guard let trouble, !Task.isCancelled else { return }
        await taker.take(.event(.gpusSaid(info.id, .trouble(trouble), at: SystemTime.now())))
    }

    /// Outlives the watch by one round at most.
    private final class Seen: Sendable {
        struct Value {
            var tally = ThrottleTally()
            var isDriverUpgraded = false
        }

        let value = Mutex(Value())
        /// Nobody who is behind needs the older ones.
        let looks: AsyncStream<(Moment, GPULook)>
        private let looker: AsyncStream<(Moment, GPULook)>.Continuation

        init() {
            (looks, looker) = AsyncStream.makeStream(
                of: (Moment, GPULook).self, bufferingPolicy: .bufferingNewest(16))
        }

        func add(_ reasons: [ThrottleReasons?]) { value.withLock { $0.tally.add(reasons) } }

        /// There will be none.
        func end() { looker.finish() }

        func add(_ look: GPULook, at moment: Moment) {
            if !look.gpus.isEmpty { looker.yield((moment, look)) }
        }
    }
}
