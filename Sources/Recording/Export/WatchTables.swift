import Collector
import Measure

/// What servers and GPUs said, as tables: by the very books of which the screen is made.
struct WatchTables {
    private let session: SessionInfo
    private let directory: String
    private let force: Bool
    private var ledger: WatchLedger
    private(set) var servers: CSVFile?
    private(set) var gpus: CSVFile?
    /// Where there were to be any.
    private(set) var canaries: CSVFile?
    private var lastGPUs: [SourceID: Moment] = [:]

    init(_ session: SessionInfo, directory: String, force: Bool) throws(RecordingError) {
        self.session = session
        self.directory = directory
        self.force = force
        ledger = WatchLedger(session)
        if session.watch?.canary != nil { canaries = try file("canaries.csv", CanaryColumns.names) }
        // Beside a load there are tables where there are readings.
        guard session.watch != nil else { return }
        servers = try file("servers.csv", ServerColumns.names)
        gpus = try file("gpus.csv", GPUColumns.names)
    }

    private func file(_ name: String, _ columns: [String]) throws(RecordingError) -> CSVFile {
        try CSVFile(name, in: directory, columns: columns, force: force)
    }

    private mutating func writeServer(_ row: [ColumnValue]) throws(RecordingError) {
        if servers == nil { servers = try file("servers.csv", ServerColumns.names) }
        try servers?.write(row)
    }

    private mutating func writeGPU(_ row: [ColumnValue]) throws(RecordingError) {
        if gpus == nil { gpus = try file("gpus.csv", GPUColumns.names) }
        try gpus?.write(row)
    }

    /// - Returns: what must have happened.
    mutating func write(_ entry: SessionEntry) throws(RecordingError) -> [WatchEvent] {
        let events = ledger.take(entry)
        for event in events where event.kind == "gone" {
            try writeSilence(of: event.source, isGone: true, at: event.at)
        }
        switch entry {
        case .reading(let reading): try write(reading)
        case .event(.serverSaid(let id, .trouble, let at)): try writeSilence(of: id, isGone: false, at: at)
        case .event(.serverSaid(let id, .canary(let answer), let at)):
            try write(answer, of: id, at: at)
        case .event, .batch, .result: break
        }
        return events
    }

    private mutating func writeSilence(
        of source: SourceID?, isGone: Bool, at moment: Moment
    ) throws(RecordingError) {
        guard let server = source.flatMap({ ledger.server(of: $0) }) else { return }
        try writeServer(ServerColumns.silence(of: server, isGone: isGone, at: moment, session: session))
    }

    private mutating func write(
        _ answer: CanaryAnswer, of source: SourceID, at moment: Moment
    ) throws(RecordingError) {
        guard let server = ledger.server(of: source) else { return }
        try canaries?.write(CanaryColumns.row(of: answer, to: server, at: moment, session: session))
    }

    private mutating func write(_ reading: Reading) throws(RecordingError) {
        if let server = ledger.server(of: reading.source), server.lastReading == reading.at {
            for row in ServerColumns.rows(of: server, at: reading.at, session: session) {
                try writeServer(row)
            }
        } else if let read = ledger.gpus(readBy: reading.source), read.at == reading.at {
            let before = lastGPUs.updateValue(reading.at, forKey: reading.source)
            let interval = before.map { reading.at - $0 }
            for gpu in read.gpus {
                let servers = read.service?.byServer.filter { $0.value.contains(gpu.index) } ?? [:]
                let serving = servers.keys.sorted()
                try writeGPU(
                    GPUColumns.row(
                        of: gpu,
                        GPUColumns.Place(
                            session: session, source: reading.source, at: reading.at,
                            interval: interval,
                            serves: serving.compactMap { ledger.info(of: $0)?.url })))
            }
        }
    }

    /// The endpoint of a sweep that an event is of.
    func endpoint(of event: WatchEvent) -> EndpointID? {
        event.source.flatMap { ledger.info(of: $0)?.endpoint }
    }
}
