import Collector
import Measure
import Recording

/// What stands around every session: its log, its recording, and what is written and printed at the end.
struct SessionFrame {
    let output: SessionOutput
    /// Knows the session's secrets.
    let scrubber: Scrubber
    let parts: SessionParts

    /// - Parameter begin: says in the log what begins.
    func run(
        begin: (SessionLog) -> Void, _ session: (SessionLog?) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        // What can be wrong without talking to anyone is said before anyone is talked to.
        let log = try await FileWork.run { [output, scrubber] () throws(CommandFailure) in
            try output.check()
            return try output.openLog(scrubber: scrubber)
        }
        if let log { begin(log) }
        do {
            let status = try await session(log)
            do throws(OutputError) { try await log?.end(status) } catch {
                parts.console.complain("--log: \(error)")
                return max(status, .fileUnusable)
            }
            return status
        } catch {
            log?.note(error)
            try? await log?.end(nil)
            throw error
        }
    }

    /// The session's recording; nil where there is to be none.
    func recorder(_ info: SessionInfo) async throws(CommandFailure) -> Recorder? {
        try await FileWork.run { [output, parts] () throws(CommandFailure) in
            let path: String
            switch output.recording {
            case .nowhere: return nil
            case .file(let name): path = name
            case .standard(let environment):
                path = try RecordingPath.standard(info, environment: environment)
            }
            do throws(RecordingError) { return try parts.recorder(path, info, output.force) } catch {
                throw CommandFailure("\(error)", .fileUnusable)
            }
        }
    }

    /// Now, by the session's clock and by the calendar.
    var anchor: WallAnchor {
        WallAnchor(moment: parts.clock.now(), unixNanoseconds: WallAnchor.now().unixNanoseconds)
    }

    /// Where all of the session's entries go: it has been told that the session began.
    func collector(
        _ info: SessionInfo, _ settings: LedgerSettings, _ recorder: Recorder?, _ log: SessionLog?,
        overTime: OverTime? = nil
    ) async -> Collector {
        let collector = Collector(
            ledger: Ledger(session: info, settings: settings),
            sink: Taps(all: [recorder as (any EntrySink)?, log, overTime].compactMap { $0 }),
            recording: {
                let status = recorder?.status ?? .off
                log?.note(status)
                return status
            }, slices: { overTime?.slices ?? [] }, clock: parts.clock)
        await collector.take(.event(.sessionStarted(info)))
        return collector
    }

    /// Nothing was measured: nothing stays.
    func discard(_ recorder: Recorder?) async { await FileWork.run { recorder?.discard() } }

    /// Ends the recording, prints, and writes the tables.
    ///
    /// - Parameter print: gets the recording's path, and whether all is in it.
    /// - Returns: whether something that was to be written is not there.
    func conclude(
        _ recorder: Recorder?, _ ending: SessionEnding, _ log: SessionLog?,
        print: (_ recording: String?, _ isWhole: Bool) async -> Void
    ) async throws -> Bool {
        let path = recorder?.status.path
        var troubles: [RecordingError] = []
        do throws(RecordingError) { try await recorder?.close() } catch { troubles.append(error) }
        await print(path, troubles.isEmpty)
        if let directory = output.csv, let path {
            do throws(RecordingError) {
                let files = try await FileWork.run { [output] () throws(RecordingError) in
                    try TableExport.write(
                        from: RecordingReader.open(path: path), to: directory, force: output.force)
                }
                if ending.canPrint { parts.console.error(ExportReport.text(files, directory: directory)) }
            } catch {
                troubles.append(error)
            }
        }
        for trouble in troubles { log?.note(trouble) }
        // Where nobody reads, printing would wait for ever.
        if ending.canPrint {
            for trouble in troubles { parts.console.complain("\(trouble)") }
        }
        return !troubles.isEmpty
    }
}
