import Measure

/// What a load found, as tables: levels, requests, the tokens in each window, marks.
struct LoadTables {
    private struct Window: Hashable {
        var endpoint: EndpointID
        var level: Int
    }

    private let session: SessionInfo
    private let endpoints: [EndpointID: EndpointInfo]
    private let windows: LevelWindows
    let levels: CSVFile
    let requests: CSVFile
    private let tokens: CSVFile
    private let marks: CSVFile
    /// Of a soak test.
    private(set) var slices: CSVFile?
    private let newFile: (String, [String]) throws(RecordingError) -> CSVFile
    private var tallies: [UInt32: RequestTally] = [:]
    /// Which requests have tokens in a level's window, until that level's figures come.
    private var requestsIn: [Window: [UInt32]] = [:]
    private var shares: [EndpointID: CountedTokens] = [:]

    /// Writes the levels at once.
    init(
        _ session: SessionInfo, levels: [LevelResult], endpoints: [EndpointInfo], directory: String,
        force: Bool
    ) throws(RecordingError) {
        self.session = session
        windows = LevelWindows(levels)
        self.endpoints = Dictionary(endpoints.map { ($0.id, $0) }) { first, _ in first }
        func file(_ name: String, _ columns: [String]) throws(RecordingError) -> CSVFile {
            try CSVFile(name, in: directory, columns: columns, force: force)
        }
        newFile = file
        self.levels = try file("levels.csv", LevelResult.columnNames)
        requests = try file("requests.csv", RequestRecord.columnNames)
        tokens = try file(
            "window_tokens.csv", ["endpoint_id", "level", "request", "chunk_tokens", "output_tokens"])
        marks = try file("marks.csv", ["time_ns", "note", "time"])
        for level in levels { try write(level, to: self.levels) }
    }

    mutating func write(slices: [LevelResult]) throws(RecordingError) {
        guard !slices.isEmpty else { return }
        let file = try newFile("slices.csv", LevelResult.columnNames)
        self.slices = file
        for slice in slices { try write(slice, to: file) }
    }

    private func write(_ level: LevelResult, to file: CSVFile) throws(RecordingError) {
        try file.write(
            level.columnValues(
                endpoint: endpoints[level.endpoint], anchor: session.started, session: session))
    }

    var files: [CSVFile] { [levels, requests, tokens, marks] }

    mutating func write(_ entry: SessionEntry) throws(RecordingError) {
        switch entry {
        case .batch(let batch): try write(batch)
        case .event(.windowOpened(let endpoint, _, _, _)): shares[endpoint] = nil
        case .event(.marked(let note, let at)):
            try marks.write([
                .integer(Int(session.started.unix(at))), .text(note), .text(session.started.iso(at)),
            ])
        case .event, .reading: break
        case .result(let result): try writeOpenRequests(at: result)
        }
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
            try requests.write(
                record.columnValues(
                    endpoint: endpoints[record.endpoint], anchor: session.started,
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
        _ count: Int, request: UInt32, _ endpoint: EndpointID, level: Int, share: Double
    ) throws(RecordingError) {
        try tokens.write([
            .integer(Int(endpoint.index)), .integer(level), .integer(Int(request)), .integer(count),
            .number(Double(count) * share),
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
    mutating func writeUnfinished() throws(RecordingError) {
        for (request, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            try write(tally, request: request, share: 1)
        }
        tallies = [:]
    }
}
