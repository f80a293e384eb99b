import Measure

/// One export on its way.
struct Export {
    private struct Window: Hashable {
        var endpoint: EndpointID
        var level: Int
    }

    private let reader: RecordingReader
    private let endpoints: [EndpointID: EndpointInfo]
    private let levels: [LevelResult]
    private let windows: LevelWindows
    private let levelsFile: CSVFile
    private let requestsFile: CSVFile
    private let tokensFile: CSVFile
    private let marksFile: CSVFile
    private let eventsFile: CSVFile
    private var slicesFile: CSVFile?
    private let newFile: (String, [String]) throws(RecordingError) -> CSVFile
    private var tallies: [UInt32: RequestTally] = [:]
    /// Which requests have tokens in a level's window, until that level's figures come.
    private var requestsIn: [Window: [UInt32]] = [:]
    private var shares: [EndpointID: CountedTokens] = [:]
    /// The first thing that couldn't be read.
    private(set) var damage: RecordingError?

    init(reader: RecordingReader, directory: String, force: Bool) throws(RecordingError) {
        self.reader = reader
        (levels, damage) = reader.readableLevels()
        windows = LevelWindows(levels)
        var endpoints: [EndpointInfo] = []
        do throws(RecordingError) { endpoints = try reader.endpoints } catch { damage = damage ?? error }
        self.endpoints = Dictionary(endpoints.map { ($0.id, $0) }) { first, _ in first }
        func file(_ name: String, _ columns: [String]) throws(RecordingError) -> CSVFile {
            try CSVFile(name, in: directory, columns: columns, force: force)
        }
        newFile = file
        levelsFile = try file("levels.csv", LevelResult.columnNames)
        requestsFile = try file("requests.csv", RequestRecord.columnNames)
        tokensFile = try file(
            "window_tokens.csv", ["endpoint_id", "level", "request", "chunk_tokens", "output_tokens"])
        marksFile = try file("marks.csv", ["time_ns", "note", "time"])
        eventsFile = try file("events.csv", EventColumns.names)
    }

    mutating func writeLevels() throws(RecordingError) {
        for level in levels { try write(level, to: levelsFile) }
    }

    mutating func write(slices: [LevelResult]) throws(RecordingError) {
        guard !slices.isEmpty else { return }
        let file = try newFile("slices.csv", LevelResult.columnNames)
        slicesFile = file
        for slice in slices { try write(slice, to: file) }
    }

    private func write(_ level: LevelResult, to file: CSVFile) throws(RecordingError) {
        try file.write(
            level.columnValues(
                endpoint: endpoints[level.endpoint], anchor: reader.session.started, session: reader.session))
    }

    mutating func writeEntries() throws(RecordingError) {
        var entries = reader.entries()
        while true {
            let entry: SessionEntry?
            do throws(RecordingError) {
                entry = try entries.next()
            } catch {
                damage = damage ?? error
                continue
            }
            switch entry {
            case .batch(let batch): try write(batch)
            case .event(let event):
                if case .windowOpened(let endpoint, _, _, _) = event { shares[endpoint] = nil }
                try write(event)
            case .reading: break
            case .result(let result): try writeOpenRequests(at: result)
            case nil: return try writeUnfinished()
            }
        }
    }

    func finish() throws(RecordingError) -> [CSVExport.File] {
        let files =
            [levelsFile, requestsFile, tokensFile, marksFile, eventsFile] + [slicesFile].compactMap(\.self)
        for file in files { try file.finish() }
        try CSVFile.publish(files)
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
            let level = windows.level(at: arrival.at, on: arrival.endpoint)
            let isFirst = tallies[arrival.request, default: RequestTally(endpoint: arrival.endpoint)]
                .add(arrival, level: level)
            if isFirst, let level {
                requestsIn[Window(endpoint: arrival.endpoint, level: level), default: []].append(
                    arrival.request)
            }
        }
        for record in batch.requests {
            let tally = tallies.removeValue(forKey: record.number)
            try requestsFile.write(
                record.columnValues(
                    endpoint: endpoints[record.endpoint], anchor: reader.session.started,
                    level: windows.level(at: record.end, on: record.endpoint), gaps: tally?.gaps))
            guard let tally else { continue }
            let counted = CountedTokens(of: record, chunks: tally.tokens)
            shares[record.endpoint, default: CountedTokens()].add(counted)
            try write(tally, request: record.number, share: counted.share)
        }
    }

    private func write(_ tally: RequestTally, request: UInt32, share: Double) throws(RecordingError) {
        for (level, tokens) in tally.windows {
            try write(tokens, request: request, tally.endpoint, level: level, share: share)
        }
    }

    private func write(
        _ tokens: Int, request: UInt32, _ endpoint: EndpointID, level: Int, share: Double
    ) throws(RecordingError) {
        try tokensFile.write([
            .integer(Int(endpoint.index)), .integer(level), .integer(Int(request)), .integer(tokens),
            .number(Double(tokens) * share),
        ])
    }

    /// A level's figures became final while these requests were still running: the collector took them as
    /// those that had finished since the window opened, and so must whoever recomputes its sum.
    private mutating func writeOpenRequests(at result: LevelResult) throws(RecordingError) {
        let share = shares[result.endpoint]?.share ?? 1
        let window = Window(endpoint: result.endpoint, level: result.level)
        for request in (requestsIn.removeValue(forKey: window) ?? []).sorted()
        where tallies[request]?.endpoint == result.endpoint {
            guard let tokens = tallies[request]?.removeWindow(ofLevel: result.level) else { continue }
            try write(tokens, request: request, result.endpoint, level: result.level, share: share)
        }
    }

    /// Requests that were still running when the recording ended.
    private mutating func writeUnfinished() throws(RecordingError) {
        for (request, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            try write(tally, request: request, share: 1)
        }
        tallies = [:]
    }

    private func write(_ event: ControlEvent) throws(RecordingError) {
        let anchor = reader.session.started
        if case .marked(let note, let at) = event {
            try marksFile.write([.integer(Int(anchor.unix(at))), .text(note), .text(anchor.iso(at))])
        }
        try eventsFile.write(EventColumns.values(of: event, anchor: anchor))
    }
}
