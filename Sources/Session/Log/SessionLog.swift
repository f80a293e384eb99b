import Charts
import Client
import Logging
import Measure
import Recording
import Synchronization

/// What a session did, for whoever has to find out afterwards: which endpoints it found, how its levels went, what
/// failed, and what hands and disks did to it. It goes to a file, never to a screen.
final class SessionLog: EntrySink {
    private struct State {
        /// What has been said of an endpoint's failures since its last level began.
        var failures: [EndpointID: Set<FailureKind>] = [:]
        var recordingProblem: String?
    }

    private let file: LogFile
    private let logger: Logger
    private let state = Mutex(State())

    init(path: String, force: Bool, scrubber: Scrubber) throws(OutputError) {
        let file = try LogFile(path: path, force: force)
        self.file = file
        logger = Logger(label: "plimsoll") { _ in FileLogHandler(file: file, scrubber: scrubber) }
    }

    func begin(_ command: String, version: String, seed: UInt64, options: [String: String]) {
        var details = options.mapValues { Logger.MetadataValue.string($0) }
        details["version"] = "\(version)"
        details["seed"] = "\(seed)"
        logger.info("\(command) begins", metadata: details)
    }

    func note(_ answer: RollCall.Answer) {
        switch answer {
        case .found(let endpoint):
            let info = endpoint.info
            var details: Logger.Metadata = [
                "url": "\(info.url.text)", "model": "\(info.model.text)", "api": "\(info.dialect)",
                "takes": "\(info.capabilities.joined(separator: ","))",
                "words": "\(endpoint.calibration.words)",
            ]
            if let server = info.server { details["server"] = "\(server.text)" }
            if let tokens = info.templateCacheTokens { details["template-cache"] = "\(tokens)" }
            logger.info("endpoint \(info.id.index) found: \(info.label)", metadata: details)
            for note in endpoint.notes { logger.notice("endpoint \(info.id.index): \(note.text)") }
        case .failed(let info, let error):
            logger.error(
                "endpoint \(info.id.index) can't be used: \(error)",
                metadata: ["kind": "\(error.failure.kind.rawValue)"])
        }
    }

    func note(_ word: Steering, of endpoint: EndpointID) {
        logger.info("by hand: \(word)", metadata: Self.place(endpoint))
    }

    func note(_ recording: RecordingStatus) {
        var problem: String?
        if case .failed(_, let message) = recording { problem = message }
        let isNew = state.withLock { state in
            defer { state.recordingProblem = problem }
            return state.recordingProblem != problem
        }
        guard isNew else { return }
        if let problem {
            logger.error("the recording: \(problem)")
        } else {
            logger.notice("the recording is written again")
        }
    }

    func note(_ trouble: any Error) { logger.error("\(trouble)") }

    /// Waits for the disk.
    func end(_ status: ExitStatus?) async throws(OutputError) {
        if let status { logger.info("ends", metadata: ["status": "\(status.code)"]) }
        try await file.finish()
    }

    // MARK: Entries

    func take(_ entry: SessionEntry) {
        switch entry {
        case .batch(let batch):
            for request in batch.requests {
                if let failure = request.failure { take(failure, of: request) }
            }
        case .event(let event): take(event)
        case .reading: break
        case .result(let level): take(level)
        }
    }

    private static func place(_ endpoint: EndpointID) -> Logger.Metadata { ["endpoint": "\(endpoint.index)"] }

    private func take(_ failure: RequestFailure, of request: RequestRecord) {
        guard !request.wasCancelled else { return }
        let isFirst = state.withLock {
            $0.failures[request.endpoint, default: []].insert(failure.kind).inserted
        }
        guard isFirst else { return }
        logger.warning(
            "a request failed: \(failure.kind.rawValue): \(failure.message.text)",
            metadata: ["endpoint": "\(request.endpoint.index)", "request": "\(request.number)"])
    }

    private func take(_ event: ControlEvent) {
        switch event {
        case .sourceJoined(let source, _): logger.info("\(source.name.text): joins")
        case .levelStarted(let start, _):
            state.withLock { $0.failures[start.endpoint] = nil }
            logger.info(
                "level \(start.level) begins: \(start.load.words)",
                metadata: Self.place(start.endpoint))
        case .usersChanged(let id, let users, _):
            logger.info("\(Format.users(users)) now", metadata: Self.place(id))
        case .windowOpened(let id, let level, _, _):
            logger.info("level \(level) is measured", metadata: Self.place(id))
        case .windowExplained(let id, let level, let circumstances, _) where !circumstances.words.isEmpty:
            logger.notice("level \(level): \(circumstances.words)", metadata: Self.place(id))
        case .loadPaused(let id, _): logger.info("paused", metadata: Self.place(id))
        case .loadResumed(let id, _): logger.info("resumed", metadata: Self.place(id))
        case .marked(let note, _): logger.info("mark: \(note)")
        case .sweepEnded(let id, let reason, _):
            logger.info("sweep ended: \(reason.rawValue)", metadata: Self.place(id))
        case .serverSaid(let id, let news, _): take(news, of: id)
        case .gpusSaid(_, .trouble(let words), _): logger.warning("GPUs: \(words.text)")
        case .sessionStarted, .sourceLeft, .endpointFound, .endpointFailed, .windowClosed, .windowExplained,
            .sessionEnded, .gpusSaid:
            break
        }
    }

    private func take(_ news: ServerNews, of id: SourceID) {
        let place: Logger.Metadata = ["source": "\(id.index)"]
        switch news {
        case .named(let model, let server):
            logger.info(
                "it is \(server?.text ?? Format.unknown), and serves \(model?.text ?? Format.unknown)",
                metadata: place)
        case .trouble(let trouble): logger.warning("\(trouble.words.text)", metadata: place)
        case .loadLine(let line):
            logger.info("load line \(line.users) users, of run \(line.runID)", metadata: place)
        case .others(let load): logger.warning("\(load.sentence)", metadata: place)
        case .canary(let answer):
            if let failure = answer.failure { logger.warning("canary: \(failure.text)", metadata: place) }
        }
    }

    private func take(_ level: LevelResult) {
        let failures = level.failures.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue):\($0.value)" }.joined(separator: ",")
        let budget = level.budgetHeld.map { $0 ? "held" : "broken" }
        var details = Self.place(level.endpoint)
        details["seconds"] = "\(level.duration.inSeconds)"
        details["tok/s"] = "\(Format.speed(level.throughput.mean))"
        details["completed"] = "\(level.completed)"
        details["failed"] = "\(level.failed)"
        details["ttft-p50"] = "\(Format.duration(level.ttft.percentile(.p50)))"
        details["ttft-p95"] = "\(Format.duration(level.ttft.percentile(.p95)))"
        details["tpot-p50"] = "\(Format.duration(level.tpot.percentile(.p50)))"
        if !failures.isEmpty { details["failures"] = "\(failures)" }
        if let budget { details["budget"] = "\(budget)" }
        if !level.trust.isEmpty {
            details["flags"] = "\(level.trust.map(\.rawValue).joined(separator: ","))"
        }
        logger.info("level \(level.level) ended: \(level.load.words)", metadata: details)
    }
}

/// One tap for several.
struct Taps: EntrySink {
    let all: [any EntrySink]

    func take(_ entry: SessionEntry) {
        for tap in all { tap.take(entry) }
    }
}
