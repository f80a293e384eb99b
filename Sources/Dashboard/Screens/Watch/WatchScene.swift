import Canvas
import Charts
import Measure

/// What the watch's panels are drawn from.
typealias WatchScene = Stage<WatchScreen>

extension WatchScene {
    /// At the cursor, or now.
    var watch: WatchSnapshot { screen.then?.watch ?? snapshot.watch }
    var servers: [ServerSnapshot] { watch.servers }
    /// The selected server.
    var server: ServerSnapshot? { servers.at(endpointIndex) }
    /// The same one, for the charts.
    var chartServer: ServerSnapshot? { charts.watch.servers.at(endpointIndex) }
    var budget: LatencyBudget? { snapshot.watchBudget }

    /// The limits that are looked at.
    var limits: [LatencyBudget.Limit] {
        guard let budget else { return [] }
        return screen.limit.flatMap { budget.limits.at($0) }.map { [$0] } ?? budget.limits
    }

    /// Of the readings: what is finer than that isn't there.
    var interval: Nanoseconds { max(.second, snapshot.session.watch?.interval ?? .second) }

    /// `▲ :8002`.
    var serverName: String {
        guard let server else { return "" }
        return "\(sign(of: endpointIndex)) \(label(of: server))"
    }

    func label(of server: ServerSnapshot) -> String { Harmless.text(server.info.label, limit: 40) }

    /// The sign and the label of whoever brings these readings; nil where nobody does any more.
    func name(of source: SourceID) -> (text: String, index: Int)? {
        guard let index = servers.firstIndex(where: { $0.id == source }) else { return nil }
        return ("\(sign(of: index)) \(label(of: servers[index]))", index)
    }

    func unix(_ moment: Moment) -> Nanoseconds {
        snapshot.session.started.unixNanoseconds(saturatingAt: moment)
    }

    /// `14:05:10`.
    func clock(_ moment: Moment) -> String { Format.clock(unix(moment)) }

    /// The last moment that the charts show: now, or as far back as the cursor stays in sight.
    var chartsEnd: Moment {
        guard let cursor = screen.cursor else { return charts.at }
        return min(charts.at, cursor + screen.span.length)
    }
}

extension Snapshot {
    /// What a watch or a sweep was asked to hold.
    var watchBudget: LatencyBudget? { session.watch?.budget ?? budget }
}

/// The figures of a server, or of an engine, as they are shown.
struct ServerView {
    /// What is so at this moment.
    var now: ServerFigures
    var minute: ServerFigures
}

extension ServerSnapshot {
    /// nil before its first reading.
    var view: ServerView? { facts.map { ServerView(now: $0.scrape, minute: $0.minute) } }
}

extension EngineSnapshot {
    var view: ServerView { ServerView(now: scrape, minute: minute) }
}
