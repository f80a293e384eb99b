import Dispatch
package import Measure
import Synchronization

/// Writes a session to its file as it happens: at most one second behind, on a thread of its own.
///
/// `take` returns at once whatever the disk does. When writing fails, `status` says so, the recorder goes
/// on trying, and what waits is bounded: token arrivals are let go first.
package final class Recorder: EntrySink {
    private struct State {
        var pending: PendingSamples
        /// When the log was last folded into the file.
        var checkpointed: Moment
        var status: RecordingStatus
        /// A flush is due already.
        var scheduled = false
        var closed = false
        var failures = 0
        /// The losses that the file tells of.
        var recorded = RecordingLosses()
    }

    private let path: String
    private let interval: Nanoseconds
    private let checkpointInterval: Nanoseconds
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "plimsoll.recorder", qos: .utility)
    private let file: QueueBound<RecordingFile>

    /// The file alone, without its log, is this much behind at most.
    package static let checkpointInterval = 9 * Nanoseconds.second

    /// Makes the file. A path that can't be written, or where something is already, is refused here.
    ///
    /// - Parameter force: a regular file there is replaced, once `keep` is called.
    /// - Throws: why it can't be made.
    package static func create(
        path: String, session: SessionInfo, force: Bool = false
    ) throws(RecordingError) -> Recorder {
        try create(path: path, session: session, interval: 500 * .millisecond, force: force)
    }

    static func create(
        path: String, session: SessionInfo, interval: Nanoseconds, limits: PendingSamples.Limits = .init(),
        force: Bool = false, checkpointInterval: Nanoseconds = Recorder.checkpointInterval
    ) throws(RecordingError) -> Recorder {
        try Recorder(
            RecordingFile(path: path, session: session, force: force), interval: interval, limits: limits,
            checkpointInterval: checkpointInterval)
    }

    private init(
        _ file: sending RecordingFile, interval: Nanoseconds, limits: PendingSamples.Limits,
        checkpointInterval: Nanoseconds
    ) {
        path = file.path
        self.interval = interval
        self.checkpointInterval = checkpointInterval
        state = Mutex(
            State(
                pending: PendingSamples(limits: limits), checkpointed: SystemTime.now(),
                status: .running(path: file.path, bytes: file.bytes)))
        self.file = QueueBound(file, queue)
    }

    /// Bytes on disk, log included; or what is wrong. From any thread.
    package var status: RecordingStatus { state.withLock { $0.status } }

    package func take(_ entry: SessionEntry) { add { $0.add(entry) } }

    /// Writes what is left and ends the recording. What is taken afterwards is ignored.
    ///
    /// - Throws: when something that was measured is not in the file.
    package func close() async throws(RecordingError) {
        let result = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.finish()) }
        }
        try result.get()
    }

    /// The session has begun: a file that this one replaces is no longer needed.
    package func keep() { queue.async { self.file.value.keep() } }

    /// Nothing was measured: the file goes, and what it was to replace is there again.
    package func discard() {
        queue.sync {
            let wasClosed = state.withLock { state in
                defer { state.closed = true }
                return state.closed
            }
            if !wasClosed { file.value.discard() }
        }
    }

    /// Writes what waits now; returns when it is done. For whoever is about to read the file; waits for the
    /// disk, so not for the collector or the screen.
    package func flush() { queue.sync { writePending() } }

    /// For tests: as if the disk were full at this size.
    func limit(pages: Int) { queue.sync { try? file.value.limit(pages: pages) } }

    private func add(_ change: (inout PendingSamples) -> Void) {
        let isFirst = state.withLock { state in
            guard !state.closed else { return false }
            change(&state.pending)
            defer { state.scheduled = true }
            return !state.scheduled
        }
        if isFirst { schedule(after: interval) }
    }

    private func schedule(after delay: Nanoseconds) {
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(delay))) { [weak self] in self?.writePending() }
    }

    /// On the queue.
    private func writePending() {
        let (items, losses) = state.withLock { state in
            state.scheduled = false
            return (state.pending.take(), state.pending.losses)
        }
        guard !items.isEmpty || losses != state.withLock({ $0.recorded }) else { return }
        do {
            try file.value.write(items, losses: losses)
            foldLog()
            let bytes = file.value.bytes
            let isInPlace = file.value.isInPlace
            state.withLock { state in
                state.pending.written()
                state.failures = 0
                state.recorded = losses
                state.status =
                    isInPlace
                    ? status(afterWriting: bytes, losses: losses)
                    : .failed(path: path, message: Self.gone)
            }
        } catch {
            retry(items, after: plainReason(error))
        }
    }

    private static let gone = "it was deleted or replaced while it was being written"

    /// On the queue. A failure is no loss: it is all in the log, and the next time will do.
    private func foldLog() {
        let now = SystemTime.now()
        let isDue = state.withLock { now - $0.checkpointed >= checkpointInterval }
        guard isDue, (try? file.value.checkpoint()) != nil else { return }
        state.withLock { $0.checkpointed = now }
    }

    /// What was lost stays said, even when there is room again.
    private func status(afterWriting bytes: Int, losses: RecordingLosses) -> RecordingStatus {
        guard !losses.isEmpty else { return .running(path: path, bytes: bytes) }
        return .failed(
            path: path,
            message: "written again, but with a hole: \(losses.words)")
    }

    private func retry(_ items: [PendingSamples.Item], after reason: String) {
        let delay: Nanoseconds? = state.withLock { state in
            state.pending.putBack(items)
            state.status = .failed(path: path, message: reason)
            state.failures += 1
            guard !state.closed else { return nil }
            state.scheduled = true
            return min(interval << Int64(min(state.failures, 4)), 8 * .second)
        }
        if let delay { schedule(after: delay) }
    }

    /// On the queue.
    private func finish() -> Result<Void, RecordingError> {
        let wasClosed = state.withLock { state in
            defer { state.closed = true }
            return state.closed
        }
        if !wasClosed {
            writePending()
            do {
                try file.value.close()
                let bytes = file.value.bytes
                let isInPlace = file.value.isInPlace
                state.withLock { state in
                    guard case .running = state.status else { return }
                    state.status =
                        isInPlace
                        ? .running(path: path, bytes: bytes) : .failed(path: path, message: Self.gone)
                }
            } catch {
                let reason = plainReason(error)
                state.withLock { state in
                    if case .running = state.status { state.status = .failed(path: path, message: reason) }
                }
            }
        }
        guard case .failed(_, let message) = status else { return .success(()) }
        return .failure(.cannotWrite(path: path, reason: message))
    }
}
