package import Measure

/// Where all sources meet: entries in, snapshots out, a tap for the recorder.
///
/// All that it knows is in its `Ledger`; the actor only puts things in order and hands them on.
package actor Collector {
    package nonisolated let snapshots: SnapshotBox

    private var ledger: Ledger
    private let sink: (any EntrySink)?
    private let recording: @Sendable () -> RecordingStatus
    private let clock: any TimeSource
    private let publishesByItself: Bool
    private let cpuTime: @Sendable () -> Nanoseconds?
    private var finished: [EndpointID: [LevelResult]] = [:]
    private var lastSnapshot: Moment?
    private var appetite = CPUAppetite()

    private static let snapshotPeriod = 200 * Nanoseconds.millisecond

    /// - Parameters:
    ///   - sink: takes everything that the collector takes, in the same order; the recorder.
    ///   - recording: how the recording stands, for the snapshots.
    ///   - cpuTime: what this program has used so far; nil where that is nobody's business, as in a replay.
    ///   - publishesByItself: makes snapshots as things come in, and not only when it is asked for one.
    package init(
        ledger: Ledger, sink: (any EntrySink)?,
        recording: @escaping @Sendable () -> RecordingStatus = { .off },
        clock: any TimeSource = SystemTime(), publishesByItself: Bool = true,
        cpuTime: @escaping @Sendable () -> Nanoseconds? = ProcessTime.used
    ) {
        var ledger = ledger
        snapshots = SnapshotBox(ledger.snapshot(at: clock.now(), cpu: nil, recording: recording()))
        self.ledger = ledger
        self.sink = sink
        self.recording = recording
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

    /// Opens a level's window at the first moment from which nothing has come in yet, and says when that is.
    package func openWindow(_ endpoint: EndpointID, level: Int, notBefore: Moment) -> Moment {
        let moment = max(notBefore, ledger.highWater + 1)
        take(.event(.windowOpened(endpoint, level: level, at: moment, cpu: cpuTime())))
        return moment
    }

    /// Closes it at `notBefore`, or where the samples counted so far end if that is later: a batch may have
    /// come in since the sweep made up its mind. The figures follow once every event loop has delivered past
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
    package func progress(of endpoint: EndpointID, judged: Bool = false) -> LevelProgress? {
        ledger.progress(of: endpoint, at: ledger.highWater, judged: judged)
    }

    /// The levels that became final since the last call.
    package func takeFinished(_ endpoint: EndpointID) -> [LevelResult] {
        finished.removeValue(forKey: endpoint) ?? []
    }

    package func snapshotNow() -> Snapshot {
        publish()
        return snapshots.current
    }

    // MARK: Private

    private func settle() {
        for result in ledger.finishLevels() {
            sink?.take(.result(result))
            finished[result.endpoint, default: []].append(result)
        }
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
        snapshot.lag.cpuShare = cpu.flatMap { appetite.share(at: now, cpu: $0) }
        snapshots.put(snapshot)
    }
}
