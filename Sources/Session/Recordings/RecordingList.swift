import Charts
import Measure
import Recording
import System

/// The recordings in the user's folder, newest first: enough of each to know it again, and what shows it.
package struct RecordingList {
    package let text: String

    package init(environment: [String: String]) async throws(CommandFailure) {
        let folder = try RecordingPath.folder(environment: environment)
        // Whatever is in there is read where waiting for a disk holds up nobody.
        text = await FileWork.run { Self.text(of: folder) }
    }

    private struct Entry {
        var started: Int64
        var text: String
    }

    private static func text(of folder: String) -> String {
        var entries: [Entry] = []
        var unreadable: [String] = []
        for name in PlainFile.names(in: folder).sorted() where name.hasSuffix(".plimsoll") {
            let path = "\(folder)/\(name)"
            do throws(RecordingError) { entries.append(try entry(path)) } catch {
                unreadable.append("! \(error)\n")
            }
        }
        guard !(entries.isEmpty && unreadable.isEmpty) else { return "no recordings in \(folder)\n" }
        let newest = entries.enumerated().sorted {
            ($1.element.started, $1.offset) < ($0.element.started, $0.offset)
        }
        return newest.map(\.element.text).joined() + unreadable.joined()
    }

    /// Requests and arrivals, which make a recording long, are left alone.
    private static func entry(_ path: String) throws(RecordingError) -> Entry {
        let reader = try RecordingReader.open(path: path)
        let session = reader.session
        if session.watch != nil { return try watchEntry(reader) }
        let endpoints = try reader.endpoints
        let (levels, damage) = reader.readableLevels()
        let models = endpoints.map(\.model.text).filter { !$0.isEmpty }.reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let model = models.isEmpty ? Format.unknown : models.joined(separator: ", ")
        let verdicts = endpoints.map { endpoint in
            let verdict = verdict(
                on: levels.filter { $0.endpoint == endpoint.id }, budget: session.plan?.sweep.budget)
            return "\(endpoint.label): \(verdict)"
        }
        let ending = try reader.ended == nil ? "; not ended" : ""
        var text =
            "\(time(session.started))  \(session.command)  \(model)  "
            + "\(verdicts.joined(separator: "; "))\(ending)\n    plimsoll replay \(path)\n"
        if let damage { text += "    ! \(damage)\n" }
        return Entry(started: session.started.unixNanoseconds, text: text)
    }

    /// Readings, which make a recording long, are left alone.
    private static func watchEntry(_ reader: RecordingReader) throws(RecordingError) -> Entry {
        let (session, servers, ended) = (reader.session, try reader.servers, try reader.ended)
        let names = servers.prefix(shownServers).map(\.label).joined(separator: ", ")
        let count = servers.count == 1 ? "1 server" : "\(servers.count) servers"
        let more = servers.count > shownServers ? ", …" : ""
        let ending = ended.map { "for \(Format.elapsed($0 - session.started.moment))" } ?? "not ended"
        return Entry(
            started: session.started.unixNanoseconds,
            text: "\(time(session.started))  \(session.command)  \(count): \(names)\(more); \(ending)\n"
                + "    plimsoll replay \(reader.path)\n")
    }

    private static let shownServers = 4

    private static func time(_ started: WallAnchor) -> String {
        let time = UTCTime(unixTime: Int(started.unixNanoseconds / .second))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.year)-\(two(time.month))-\(two(time.day)) \(two(time.hour)):\(two(time.minute))Z"
    }

    private static func verdict(on levels: [LevelResult], budget: LatencyBudget?) -> String {
        guard !levels.isEmpty else { return "no level was measured" }
        var words: [String] = []
        if budget != nil {
            let standings = LoadStandings(levels)
            let doubt = standings.doubt == nil ? "" : "?"
            words.append(
                standings.line.map { "load line \($0.isOpen ? "≥ " : "")\($0.load.words)\(doubt)" }
                    ?? "no load line")
        }
        if let plateau = Plateau.find(levels: levels) {
            words.append("plateau \(plateau.reached ? "" : "≥ ")\(Format.speed(plateau.throughput)) tok/s")
        }
        return words.isEmpty ? "no plateau" : words.joined(separator: ", ")
    }
}
