import Charts
import Measure

/// What there is to be said of a watch since the last time, in lines.
struct WatchNews {
    let standingEvery: Nanoseconds
    /// The last event that was told of, and how many of its moment were.
    private var told: (at: Moment, count: Int) = (.zero, 0)
    private var standing: [SourceID: (at: Moment, status: ServerSnapshot.Status)] = [:]

    init(standingEvery: Nanoseconds) { self.standingEvery = standingEvery }

    mutating func lines(_ snapshot: Snapshot) -> [String] {
        events(snapshot) + snapshot.watch.servers.compactMap { standing(of: $0, at: snapshot.at) }
    }

    private mutating func events(_ snapshot: Snapshot) -> [String] {
        let events = snapshot.watch.events
        let new = events.filter { $0.at > told.at }
        let also = events.filter { $0.at == told.at }.dropFirst(told.count)
        if let last = new.last {
            told = (last.at, new.filter { $0.at == last.at }.count)
        } else {
            told.count += also.count
        }
        return (also + new).map { event in
            let server = snapshot.watch.servers.first { $0.id == event.source }
            let clock = Format.clock(snapshot.session.started.unixNanoseconds(at: event.at))
            return ([clock, server?.info.label, event.text.text].compactMap(\.self)).joined(separator: "  ")
        }
    }

    /// As often as it is time for it, and when the server is otherwise than before.
    private mutating func standing(of server: ServerSnapshot, at now: Moment) -> String? {
        // Of a single reading there is little to tell.
        guard server.status != .waiting, server.status != .up || server.facts?.scrape.elapsed != nil else {
            return nil
        }
        let before = standing[server.id]
        guard before?.status != server.status || now - (before?.at ?? .zero) >= standingEvery else {
            return nil
        }
        standing[server.id] = (now, server.status)
        return WatchLine.text(server)
    }
}
