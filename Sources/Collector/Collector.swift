package import Measure
import System

/// Where all sources meet: entries in, snapshots out, a tap for the recorder.
///
/// All that it knows is in its `Ledger`; the actor only puts things in order and hands them on.
package actor Collector: EntryTaker {
    package nonisolated let snapshots: SnapshotBox

    private var ledger: Ledger
    private let sink: (any EntrySink)?
    private let recording: @Sendable () -> RecordingStatus
    private let slices: @Sendable () -> [LevelResult]
    private let clock: any TimeSource
    private let publishesByItself: Bool
    private let cpuTime: @Sendable () -> Nanoseconds?
    private var listeners: [@Sendable (LevelNews) -> Void] = []
    /// The low-water mark that was told of last.
    private var told: Moment?
    private var lastSnapshot: Moment?
    private var appetite = CPUAppetite()

    private static let snapshotPeriod = 200 * Nanoseconds.millisecond

    /// - Parameters:
    ///   - sink: takes everything that the collector takes, in the same order; the recorder.
    ///   - recording: how the recording stands, for the snapshots.
    ///   - slices: a soak test's figures over time, for them, too.
    ///   - cpuTime: what this program has used so far; nil where that is nobody's business, as in a replay.
    ///   - publishesByItself: makes snapshots as things come in, and not only when it is asked for one.
    package init(
        ledger: Ledger, sink: (any EntrySink)?,
        recording: @escaping @Sendable () -> RecordingStatus = { .off },
        slices: @escaping @Sendable () -> [LevelResult] = { [] },
        clock: any TimeSource = SystemTime(), publishesByItself: Bool = true,
        cpuTime: @escaping @Sendable () -> Nanoseconds? = Clocks.processCPU
    ) {
        var ledger = ledger
        snapshots = SnapshotBox(ledger.snapshot(at: clock.now(), cpu: nil, recording: recording()))
        self.ledger = ledger
        self.sink = sink
        self.recording = recording
        self.slices = slices
        self.clock = clock
        self.publishesByItself = publishesByItself
        self.cpuTime = cpuTime
    }

    // MARK: Taking

    package func take(_ entry: SessionEntry) {
        ledger.take(entry)
        sink?.take(entry)
        settle()
        switch entry {
        case .batch, .reading: publish(atOnce: false)
        case .event, .result: publish(atOnce: true)
        }
    }

    /// Lets a source join, takes all that it says, and lets it leave.
    package func run(_ source: any Source) async throws {
        take(.event(.sourceJoined(source.info, at: clock.now())))
        defer { take(.event(.sourceLeft(source.info.id, at: clock.now()))) }
        try await source.run(into: self)
    }

    /// Has `listener` told of levels from now on. It is called as things happen, and must return at once.
    package func listen(_ listener: @escaping @Sendable (LevelNews) -> Void) { listeners.append(listener) }

    /// Opens a level's window at the first moment from which nothing has come in yet, and says when that is.
    package func openWindow(_ endpoint: EndpointID, level: Int, notBefore: Moment) -> Moment {
        let moment = max(notBefore, ledger.highWater + 1)
        take(.event(.windowOpened(endpoint, level: level, at: moment, cpu: cpuTime())))
        return moment
    }

    /// Closes it at `notBefore`, or where the samples counted so far end if that is later: a batch may have
    /// come in since the sweep made up its mind. The figures follow once every source has delivered past
    /// that moment, and `explainWindow` has been called.
    package func closeWindow(_ endpoint: EndpointID, level: Int, at notBefore: Moment) {
        let moment = max(notBefore, ledger.highWater + 1)
        take(.event(.windowClosed(endpoint, level: level, at: moment, cpu: cpuTime())))
    }

    /// How the window came about and what went on around it.
    package func explainWindow(_ endpoint: EndpointID, level: Int, _ circumstances: WindowCircumstances) {
        take(.event(.windowExplained(endpoint, level: level, circumstances, at: clock.now())))
    }

    // MARK: Looking

    /// - Parameter judged: with what the running level says of the budget; dear, and so only when it is asked for.
    package func progress(of endpoint: EndpointID, judged: Bool) -> LevelProgress? {
        ledger.progress(of: endpoint, at: ledger.highWater, judged: judged)
    }

    package func snapshotNow() -> Snapshot {
        publish()
        return snapshots.current
    }

    // MARK: Private

    private func settle() {
        for result in ledger.finishLevels() {
            sink?.take(.result(result))
            tell(.finished(result))
        }
        guard !listeners.isEmpty, let mark = ledger.lowWater, mark != told else { return }
        told = mark
        for (endpoint, progress) in ledger.standings(at: ledger.highWater) {
            tell(.progress(endpoint, progress))
        }
    }

    private func tell(_ news: LevelNews) {
        for listener in listeners { listener(news) }
    }

    private func publish(atOnce: Bool) {
        guard publishesByItself else { return }
        if !atOnce, let lastSnapshot, clock.now() - lastSnapshot < Self.snapshotPeriod { return }
        publish()
    }

    private func publish() {
        let now = clock.now()
        lastSnapshot = now
        let cpu = cpuTime()
        var snapshot = ledger.snapshot(at: now, cpu: cpu, recording: recording())
        snapshot.slices = slices()
        snapshot.lag.cpuShare = cpu.flatMap { appetite.share(at: now, cpu: $0) }
        snapshots.put(snapshot)
    }
}
