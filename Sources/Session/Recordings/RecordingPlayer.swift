package import Collector
package import Measure
package import Recording
import Synchronization

/// A recording as a source: feeds what was recorded to a collector, in the same order and at a multiple of
/// the same pace. There is no second way of making a screen.
package struct RecordingPlayer: Source {
    package let info: SourceInfo
    package let collector: Collector
    private let reader: RecordingReader
    /// nil: as fast as it can be read.
    private let speed: Double?
    /// Nothing after this moment.
    private let end: Moment?
    private let clock: ReplayClock

    package init(reader: RecordingReader, speed: Double?, until end: Moment? = nil) {
        info = SourceInfo(id: SourceID(0), name: "recording")
        self.reader = reader
        self.speed = speed
        self.end = end
        let clock = ReplayClock(reader.session.started.moment)
        self.clock = clock
        let trust = reader.session.plan.map { TrustContext(of: $0) } ?? TrustContext()
        let path = reader.path
        let overTime = OverTime(reader.session)
        collector = Collector(
            ledger: Ledger(
                session: reader.session, settings: LedgerSettings(trust: trust),
                figures: .recorded),
            sink: overTime, recording: { .replaying(path: path) },
            slices: { overTime?.slices ?? [] }, clock: clock, publishesByItself: false,
            cpuTime: { nil })
    }

    /// A recording may name any time: what lies further ahead comes then at the latest.
    private static let longestWait = 400 * 86_400 * Nanoseconds.second

    private static let unseen = 20 * Nanoseconds.millisecond

    /// Into its own collector.
    package func play() async throws { try await run(into: collector) }

    package func run(into taker: any EntryTaker) async throws {
        let pages = EntryPages(of: reader)
        var pace = Pace()
        while true {
            let page = await pages.next()
            for entry in page.entries {
                if let at = entry.at {
                    if let end, at > end { return }
                    await wait(for: at, &pace)
                    clock.advance(to: at)
                }
                if Task.isCancelled { return }
                await taker.take(asOpened(entry))
            }
            guard page.entries.isEmpty || page.failure != nil else { continue }
            // Whatever could be read stays on the screen.
            _ = await collector.snapshotNow()
            if let failure = page.failure { throw CommandFailure("\(failure)", .fileUnusable) }
            return
        }
    }

    /// The session as the reader has it: with the prices of today, and the plan that the first recordings told by
    /// their options only.
    private func asOpened(_ entry: SessionEntry) -> SessionEntry {
        if case .event(.sessionStarted) = entry { .event(.sessionStarted(reader.session)) } else { entry }
    }

    /// How playing and what was recorded stand to each other.
    private struct Pace {
        var began: (real: Moment, recorded: Moment)?
        /// When a snapshot was made last.
        var shown = Moment.zero
    }

    private func wait(for at: Moment, _ pace: inout Pace) async {
        guard let speed else { return }
        let start = pace.began ?? (SystemTime.now(), at)
        pace.began = start
        let since = Nanoseconds.seconds((at - start.recorded).inSeconds / speed)
        let due = start.real + min(max(0, since), Self.longestWait)
        let now = SystemTime.now()
        let wait = due - now
        // As often as anybody can see: what is shown of thousands of levels takes its time.
        if wait > Self.unseen || now - pace.shown > 5 * Self.unseen {
            _ = await collector.snapshotNow()
            pace.shown = now
        }
        if wait > 0 { try? await Task.sleep(for: .nanoseconds(wait)) }
    }
}

/// Recorded time: it stands where the last entry was.
private final class ReplayClock: TimeSource {
    private let moment: Mutex<Moment>

    init(_ start: Moment) { moment = Mutex(start) }

    func now() -> Moment { moment.withLock { $0 } }

    func advance(to moment: Moment) { self.moment.withLock { $0 = max($0, moment) } }
}
