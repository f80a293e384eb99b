import Canvas
import Charts
import Measure

/// What the selected endpoint's server says of itself, beside what is seen of it from here.
struct SweepServer {
    let endpoint: EndpointSnapshot
    let server: ServerSnapshot
    /// A finished level that is looked at; nil: what is so now.
    let level: LevelResult?
    /// Its figures since the reading before: of the last seconds.
    let now: ServerFigures

    /// nil where no page of it was ever read.
    init?(_ scene: Scene) {
        guard let endpoint = scene.endpoint, let server = scene.snapshot.server(of: endpoint.info.id),
            let facts = server.facts
        else { return nil }
        self.endpoint = endpoint
        self.server = server
        now = facts.scrape
        level = scene.reviewed(in: endpoint)
    }

    /// Of which server, and how old that is.
    func head(_ scene: Scene) -> String {
        let name = Harmless.text(server.server?.text ?? server.kind.name.text, limit: 40)
        if let level { return "\(name) at \(level.load.words)" }
        guard let read = server.lastReading, !scene.isOver else { return name }
        return "\(name), read \(Format.elapsed(max(0, scene.snapshot.at - read))) ago"
    }

    // MARK: What is so now

    var running: String { Format.count(now.running) }
    var waiting: String { Format.count(now.waiting) }
    var kvUsage: String { Format.percent(now.kvUsage) }

    // MARK: Means: of the level, or of the last seconds

    var ttft: Double? { level.map { $0.telemetry?.ttft } ?? now.ttft?.mean }
    var queue: Double? { level.map { $0.telemetry?.queue } ?? now.queue?.mean }
    var prefill: Double? { level.map { $0.telemetry?.prefill } ?? now.prefill?.mean }
    var hitRate: Double? { level.map { $0.telemetry?.prefixHitRate } ?? now.prefixHitRate }
    var acceptance: Double? { level.map { $0.telemetry?.acceptance } ?? now.speculation?.acceptance }
    /// The client's, of the same level.
    var clientTTFT: Double? { (level ?? endpoint.live)?.ttft.knownMean }

    /// Of the level a count; else a rate.
    var preemptions: String {
        if let level { return Format.count(level.telemetry?.preemptions) }
        guard let rate = now.preemptionsPerSecond else { return Format.unknown }
        return rate == 0 ? "0" : "\(Format.rate(rate))/s"
    }

    /// Server and client of one level: what lies between them is the difference.
    var onTheWay: Double? { level?.ttftOnTheWay }
}

extension Snapshot {
    /// The server behind an endpoint; nil where nothing of it is read.
    func server(of endpoint: EndpointID) -> ServerSnapshot? {
        watch.servers.first { $0.info.endpoint == endpoint && $0.facts != nil }
    }

    /// There is a server that says something of itself.
    var hasServers: Bool { watch.servers.contains { $0.info.endpoint != nil && $0.facts != nil } }

    var hasGPUs: Bool { watch.gpus.map { !$0.scrape.isEmpty } ?? false }
}
