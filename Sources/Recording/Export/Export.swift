import Measure

/// One export on its way.
struct Export {
    private let reader: RecordingReader
    private let endpoints: [EndpointID: EndpointInfo]
    private let levels: [LevelResult]
    private let windows: LevelWindows
    private let levelsFile: CSVFile
    private let requestsFile: CSVFile
    private let tokensFile: CSVFile
    private let marksFile: CSVFile
    private let eventsFile: CSVFile
    private var tallies: [UInt32: RequestTally] = [:]
    /// The first thing that couldn't be read.
    private(set) var damage: RecordingError?

    init(reader: RecordingReader, directory: String) throws(RecordingError) {
        self.reader = reader
        (levels, damage) = reader.readableLevels()
        windows = LevelWindows(levels)
        var endpoints: [EndpointInfo] = []
        do throws(RecordingError) { endpoints = try reader.endpoints } catch { damage = damage ?? error }
        self.endpoints = Dictionary(endpoints.map { ($0.id, $0) }) { first, _ in first }
        levelsFile = try CSVFile("levels.csv", in: directory, columns: LevelResult.columnNames)
        requestsFile = try CSVFile("requests.csv", in: directory, columns: RequestRecord.columnNames)
        tokensFile = try CSVFile(
            "window_tokens.csv", in: directory,
            columns: ["endpoint_id", "level", "request", "chunk_tokens", "output_tokens"])
        marksFile = try CSVFile("marks.csv", in: directory, columns: ["time_ns", "note"])
        eventsFile = try CSVFile("events.csv", in: directory, columns: EventColumns.names)
    }

    mutating func writeLevels() throws(RecordingError) {
        for level in levels {
            try levelsFile.write(
                level.columnValues(endpoint: endpoints[level.endpoint], anchor: reader.session.started))
        }
    }

    mutating func writeEntries() throws(RecordingError) {
        var entries = reader.entries()
        while true {
            let entry: RecordingEntry?
            do throws(RecordingError) {
                entry = try entries.next()
            } catch {
                damage = damage ?? error
                continue
            }
            switch entry {
            case .batch(let batch): try write(batch)
            case .event(let event): try write(event)
            case .result: break
            case nil: return try writeUnfinished()
            }
        }
    }

    func finish() throws(RecordingError) -> [CSVExport.File] {
        let files = [levelsFile, requestsFile, tokensFile, marksFile, eventsFile]
        for file in files { try file.finish() }
        for file in files { try file.publish() }
        return files.map { CSVExport.File(name: $0.name, rows: $0.rows) }
    }

    func salvaged(_ damage: RecordingError) -> RecordingError {
        guard case .damaged(let path, let place, _) = damage else { return damage }
        return .damaged(
            path: path, place: place,
            salvaged:
                "\(levelsFile.rows) levels and \(requestsFile.rows) requests could be read and were exported")
    }

    private mutating func write(_ batch: SampleBatch) throws(RecordingError) {
        for arrival in batch.arrivals {
            tallies[arrival.request, default: RequestTally(endpoint: arrival.endpoint)]
                .add(arrival, level: windows.level(at: arrival.at, on: arrival.endpoint))
        }
        for record in batch.requests {
            let tally = tallies.removeValue(forKey: record.number)
            try requestsFile.write(
                record.columnValues(
                    endpoint: endpoints[record.endpoint], anchor: reader.session.started,
                    level: windows.level(at: record.end, on: record.endpoint), gaps: tally?.gaps))
            if let tally { try write(tally, request: record.number, record) }
        }
    }

    private func write(
        _ tally: RequestTally, request: UInt32, _ record: RequestRecord?
    ) throws(RecordingError) {
        for (level, tokens) in tally.windows {
            try tokensFile.write([
                .integer(Int(tally.endpoint.index)), .integer(level), .integer(Int(request)),
                .integer(tokens), .number(tally.tokens(tokens, of: record)),
            ])
        }
    }

    /// Requests that were still running when the recording ended.
    private mutating func writeUnfinished() throws(RecordingError) {
        for (request, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            try write(tally, request: request, nil)
        }
        tallies = [:]
    }

    private func write(_ event: ControlEvent) throws(RecordingError) {
        let anchor = reader.session.started
        if case .marked(let note, let at) = event {
            try marksFile.write([.integer(Int(anchor.unix(at))), .text(note)])
        }
        try eventsFile.write(EventColumns.values(of: event, anchor: anchor))
    }
}
