import Measure

/// One export on its way.
struct Export {
    private let reader: RecordingReader
    /// nil for a watch: nothing was sent.
    private var load: LoadTables?
    private var watch: WatchTables
    private let events: CSVFile
    /// The first thing that couldn't be read.
    private(set) var damage: RecordingError?

    init(reader: RecordingReader, directory: String, force: Bool) throws(RecordingError) {
        self.reader = reader
        if reader.session.watch == nil {
            let levels: [LevelResult]
            (levels, damage) = reader.readableLevels()
            var endpoints: [EndpointInfo] = []
            do throws(RecordingError) { endpoints = try reader.endpoints } catch { damage = damage ?? error }
            load = try LoadTables(
                reader.session, levels: levels, endpoints: endpoints, directory: directory, force: force)
        }
        watch = try WatchTables(reader.session, directory: directory, force: force)
        events = try CSVFile("events.csv", in: directory, columns: EventColumns.names, force: force)
    }

    mutating func write(slices: [LevelResult]) throws(RecordingError) { try load?.write(slices: slices) }

    mutating func write() throws(RecordingError) {
        var entries = reader.entries()
        while true {
            let entry: SessionEntry?
            do throws(RecordingError) {
                entry = try entries.next()
            } catch {
                damage = damage ?? error
                continue
            }
            guard let entry else {
                try load?.writeUnfinished()
                return
            }
            try load?.write(entry)
            let seen = try watch.write(entry)
            if case .event(let event) = entry, load != nil || event.isOfSession {
                try events.write(EventColumns.values(of: event, anchor: reader.session.started))
            }
            // A load's marks stand there already.
            for event in seen where load == nil || event.source != nil {
                try events.write(
                    EventColumns.values(
                        of: event, endpoint: watch.endpoint(of: event), anchor: reader.session.started))
            }
        }
    }

    func finish() throws(RecordingError) -> [CSVExport.File] {
        let read = [watch.servers, watch.gpus].compactMap(\.self)
        let files =
            load.map { $0.files + [events] + [$0.slices].compactMap(\.self) + read }
            ?? read + [events] + [watch.canaries].compactMap(\.self)
        for file in files { try file.finish() }
        try CSVFile.publish(files)
        return files.map { CSVExport.File(name: $0.name, rows: $0.rows) }
    }

    func salvaged(_ damage: RecordingError) -> RecordingError {
        guard case .damaged(let path, let place, _) = damage else { return damage }
        let saved =
            load.map { "\($0.levels.rows) levels and \($0.requests.rows) requests" }
            ?? "\(watch.servers?.rows ?? 0) rows of servers and \(watch.gpus?.rows ?? 0) of GPUs"
        return .damaged(path: path, place: place, salvaged: "\(saved) could be read and were exported")
    }
}

extension ControlEvent {
    /// What a watch's other events tell in words of their own.
    fileprivate var isOfSession: Bool {
        switch self {
        case .sessionStarted, .sessionEnded: true
        default: false
        }
    }
}
