package import Measure

/// The books of servers and GPUs that are watched: like the rest of the ledger a function of the entries alone, so that
/// figures and events are the same live and in replay. That nothing came for long is seen with the next entry, from
/// whomever; whoever looks before that is told, too, but it isn't written down by looking.
package struct WatchLedger: Sendable {
    private var session: SessionInfo
    private var servers: [ServerLedger] = []
    /// A server may have joined as several sources, one after another.
    private var rows: [SourceID: Int] = [:]
    /// How many series each row has.
    private var sizes: [Int: Int] = [:]
    private(set) var gpus = GPUBooks()
    private var events: [WatchEvent] = []

    /// More than any session has; each takes memory.
    private static let mostServers = 128
    /// Of all servers together: each is kept over hours.
    private static let mostSeries = 200_000
    private static let mostEvents = 1_000

    package init(_ session: SessionInfo) { self.session = session }

    // MARK: Taking

    /// - Returns: what must have happened.
    @discardableResult
    package mutating func take(_ entry: SessionEntry) -> [WatchEvent] {
        guard let at = entry.at else { return [] }
        var news = pass(to: at)
        switch entry {
        case .reading(let reading): news += take(reading)
        case .event(let event): news += take(event, at: at)
        case .batch, .result: break
        }
        note(news)
        return news
    }

    /// Who has fallen silent by then.
    private mutating func pass(to now: Moment) -> [WatchEvent] {
        var news: [WatchEvent] = []
        for row in servers.indices { news += servers[row].pass(to: now) }
        return news
    }

    private mutating func note(_ news: [WatchEvent]) {
        guard !news.isEmpty else { return }
        events += news
        events.removeFirst(max(0, events.count - Self.mostEvents))
    }

    private mutating func take(_ reading: Reading) -> [WatchEvent] {
        let reading = reading.ofNumbers
        if let row = rows[reading.source] {
            let others = sizes.reduce(0) { $0 + ($1.key == row ? 0 : $1.value) }
            guard others + reading.series.count <= Self.mostSeries else {
                let words: Shown = "the servers have more than \(Self.mostSeries) series in all"
                return servers[row].take(
                    .trouble(PageTrouble(words: words, isAnswer: true)), at: reading.at)
            }
            sizes[row] = reading.series.count
            return servers[row].take(reading, budget: session.watch?.budget, others: fellows(of: row))
        }
        return gpus.take(reading)
    }

    /// The others of its model.
    private func fellows(of row: Int) -> [ServerFigures] {
        guard let model = servers[row].fellow?.model else { return [] }
        return servers.indices.filter { $0 != row }.compactMap { servers[$0].fellow }
            .filter { $0.model == model }.map(\.minute)
    }

    private mutating func take(_ event: ControlEvent, at moment: Moment) -> [WatchEvent] {
        switch event {
        case .sessionStarted(let info):
            session = info
            return []
        case .sourceJoined(let info, _):
            switch info.role {
            case .server(let server): return join(info.id, server, at: moment)
            case .gpus: return gpus.join(info, host: session.host, at: moment)
            case nil: return []
            }
        case .sourceLeft(let id, _):
            if let row = rows[id] { return servers[row].leave(at: moment) }
            return gpus.leave(id, at: moment)
        case .serverSaid(let id, let news, _):
            return rows[id].map { servers[$0].take(news, at: moment) } ?? []
        case .gpusSaid(let id, let news, _):
            return take(news, of: id, at: moment)
        case .marked(let note, _):
            return [
                WatchEvent(at: moment, source: nil, kind: "mark", weight: .note, text: Shown(recorded: note))
            ]
        default: return []
        }
    }

    /// The same address is the same server.
    private mutating func join(_ id: SourceID, _ info: WatchedServer, at moment: Moment) -> [WatchEvent] {
        var row = servers.firstIndex { $0.info.url == info.url && $0.info.endpoint == info.endpoint }
        if row == nil, servers.count < Self.mostServers {
            row = servers.count
            servers.append(
                ServerLedger(id, info, anchor: session.started, interval: session.watch?.interval))
        }
        guard let row else { return [] }
        rows[id] = row
        return servers[row].join(info, at: moment)
    }

    private mutating func take(_ news: GPUNews, of source: SourceID, at moment: Moment) -> [WatchEvent] {
        switch news {
        case .trouble(let words): return gpus.take(words, of: source, at: moment)
        case .serving(let service):
            var own = service
            own.byServer = Dictionary(
                service.byServer.map { id, gpus in (rows[id].map { servers[$0].id } ?? id, gpus) },
                uniquingKeysWith: { _, later in later })
            guard gpus.take(own, of: source) else { return [] }
            for row in servers.indices { servers[row].forgetEnergy() }
            return []
        }
    }

    // MARK: Looking

    /// Who is watched there; nil for a source that brings no server's readings.
    package func info(of source: SourceID) -> WatchedServer? { rows[source].map { servers[$0].info } }

    /// As far as entries tell.
    package mutating func server(of source: SourceID) -> ServerSnapshot? {
        guard let row = rows[source] else { return nil }
        servers[row].prepare(gpus: gpus.own)
        return servers[row].snapshot(gpus: gpus.own)
    }

    /// What a source's last reading says of the GPUs that it is the one to tell of, and by whose indices they serve.
    package func gpus(
        readBy source: SourceID
    ) -> (at: Moment, gpus: [GPUFigures], service: GPUService?)? {
        gpus.read(by: source).map { read in
            (
                read.at, read.gpus,
                gpus.own.flatMap { own in read.gpus.first?.source == own.id ? own.service : nil }
            )
        }
    }

    func ledger(of source: SourceID) -> ServerLedger? { rows[source].map { servers[$0] } }

    func ledger(of endpoint: EndpointID) -> ServerLedger? { servers.first { $0.info.endpoint == endpoint } }

    package mutating func snapshot(at now: Moment) -> WatchSnapshot {
        let own = gpus.own
        for row in servers.indices { servers[row].prepare(gpus: own) }
        var seen = self
        seen.note(seen.pass(to: now))
        return WatchSnapshot(
            servers: seen.servers.map { $0.snapshot(gpus: own) }, gpus: gpus.snapshot, events: seen.events)
    }
}

extension Reading {
    /// Only a file that was made up has others.
    fileprivate var ofNumbers: Reading {
        func isOdd(_ value: Double?) -> Bool { value.map { !Self.isKnown($0) } ?? false }
        guard values.contains(where: isOdd) else { return self }
        var reading = self
        reading.values = values.map { isOdd($0) ? nil : $0 }
        return reading
    }
}
