import Measure
import Telemetry

/// The books of all that tell of GPUs: this machine's driver, and exporters' pages. A card that two of them know is one.
struct GPUBooks: Sendable {
    private var ledgers: [GPULedger] = []
    /// The same GPUs may have joined as several sources, one after another.
    private var rows: [SourceID: Int] = [:]

    /// More than any session has.
    private static let mostSources = 128
    /// Who is so far behind the others doesn't answer now: another one may tell of the same card.
    private static let patience = 5 * Nanoseconds.second

    // MARK: Taking

    mutating func join(_ info: SourceInfo, host: String, at moment: Moment) -> [WatchEvent] {
        var row = rows[info.id] ?? ledgers.firstIndex { $0.hasLeft && $0.name == info.name }
        if row == nil, ledgers.count < Self.mostSources {
            row = ledgers.count
            ledgers.append(GPULedger(info, host: host))
        }
        guard let row else { return [] }
        rows[info.id] = row
        return ledgers[row].join(at: moment)
    }

    mutating func leave(_ source: SourceID, at moment: Moment) -> [WatchEvent] {
        rows[source].map { ledgers[$0].leave(at: moment) } ?? []
    }

    mutating func take(_ reading: Reading) -> [WatchEvent] {
        guard let row = rows[reading.source] else { return [] }
        let others = ledgers.indices.reduce(0) { $0 + ($1 == row ? 0 : ledgers[$1].count) }
        return ledgers[row].take(
            reading, most: max(0, GPUHistory.mostGPUs - others), withHost: areOfSeveralHosts)
    }

    mutating func take(_ words: Shown, of source: SourceID, at moment: Moment) -> [WatchEvent] {
        rows[source].map { ledgers[$0].take(words, at: moment) } ?? []
    }

    /// - Returns: whether that is news.
    mutating func take(_ service: GPUService, of source: SourceID) -> Bool {
        guard let row = rows[source], ledgers[row].service != service else { return false }
        ledgers[row].service = service
        return true
    }

    // MARK: Looking

    /// The one that knows who serves whom; else this machine's own.
    var own: GPULedger? {
        ledgers.first { $0.service != GPUService() } ?? ledgers.first(where: \.isOwn) ?? ledgers.first
    }

    /// This machine's own first: it knows more of them.
    private var inOrder: [GPULedger] {
        ledgers.filter { $0.isOwn && !$0.hasLeft } + ledgers.filter { !$0.isOwn && !$0.hasLeft }
    }

    private var areOfSeveralHosts: Bool { inOrder.flatMap(\.lastMinute).areOfSeveralHosts }

    /// Who doesn't answer now tells of a card only where nobody else does.
    private func once(_ figures: (GPULedger) -> [GPUFigures]) -> [GPUFigures] {
        let all = inOrder
        let newest = all.compactMap { $0.last?.at }.max() ?? .zero
        func isBehind(_ ledger: GPULedger) -> Bool {
            ledger.last.map { newest - $0.at > Self.patience } ?? true
        }
        let picked = [GPUFigures].once((all.filter { !isBehind($0) } + all.filter(isBehind)).map(figures))
        guard all.contains(where: isBehind) else { return picked }
        return all.flatMap { ledger in picked.filter { $0.source == ledger.id } }
    }

    /// nil where nobody tells of GPUs.
    var snapshot: GPUsSnapshot? {
        guard !ledgers.isEmpty else { return nil }
        var snapshot = GPUsSnapshot(past: GPUsPast(ledgers: inOrder))
        snapshot.scrape = once(\.scrape)
        snapshot.minute = once(\.lastMinute)
        snapshot.sources = inOrder.map(\.snapshot)
        if let own {
            snapshot.service = own.service
            snapshot.serviceSource = own.id
        }
        snapshot.findings = GPUDiagnosis.found(
            in: snapshot.minute, withHost: snapshot.minute.areOfSeveralHosts)
        return snapshot
    }

    /// What a source's last reading says of the GPUs that it is the one to tell of; nil for one that brings none.
    func read(by source: SourceID) -> (at: Moment, gpus: [GPUFigures])? {
        guard let row = rows[source], let at = ledgers[row].last?.at else { return nil }
        return (at, once(\.scrape).filter { $0.source == ledgers[row].id })
    }
}

/// What all of them told.
private struct GPUsPast: GPUPast {
    var ledgers: [GPULedger]

    func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] {
        ledgers.flatMap { $0.course(since: moment) }.sorted { $0.at < $1.at }
    }

    func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] {
        .once(ledgers.map { $0.figures(overLast: span, at: moment) })
    }
}
