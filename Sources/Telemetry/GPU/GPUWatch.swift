package import Measure
import Synchronization
import System

/// Watches whether this machine's NVIDIA GPUs are throttled, four times a second, as long as somebody holds it.
///
/// Which of them serves which endpoint nobody says: all are watched. On a thread of its own, since a driver in
/// trouble may let a call hang: then nothing new is seen, and nobody waits for it.
package final class GPUWatch: Source {
    package let info: SourceInfo
    private let tally: Tally

    /// Nanoseconds.
    private static let period: Int64 = 250_000_000

    package init(id: SourceID) {
        info = SourceInfo(id: id, name: "this machine's GPUs")
        let tally = Tally(source: id)
        self.tally = tally
        // Where there can be no thread, nothing is seen.
        try? OwnThread.start { [weak tally] in
            guard let library = NVML() else { return }
            while tally?.add(library.throttleReasons()) != nil { OwnThread.pause(nanoseconds: Self.period) }
        }
    }

    /// What was seen so far; nothing where there is no such GPU.
    package func seen() -> ThrottleTally { tally.value.withLock { $0 } }

    /// Says why the GPUs hold their clocks down, whenever that changes.
    package func run(into taker: any EntryTaker) async {
        for await reading in tally.readings { await taker.take(.reading(reading)) }
    }

    /// Outlives the watch by one reading at most.
    private final class Tally: Sendable {
        let value = Mutex(ThrottleTally())
        /// Nobody who is behind needs the older ones.
        let readings: AsyncStream<Reading>
        private let reader: AsyncStream<Reading>.Continuation
        private let source: SourceID
        private let last = Mutex<[Double?]>([])

        init(source: SourceID) {
            self.source = source
            (readings, reader) = AsyncStream.makeStream(
                of: Reading.self, bufferingPolicy: .bufferingNewest(16))
        }

        func add(_ reasons: [ThrottleReasons?]) {
            value.withLock { $0.add(reasons) }
            let values = reasons.map { $0.map { Double($0.rawValue) } }
            let isNew = last.withLock { last in
                defer { last = values }
                return last != values
            }
            guard isNew else { return }
            let series = values.indices.map { Shown("gpu\($0)_clocks_event_reasons") }
            reader.yield(Reading(source: source, at: SystemTime.now(), series: series, values: values))
        }
    }
}
