import Measure

/// A row of `events.csv`.
enum EventColumns {
    static let names = ["time_ns", "event", "endpoint_id", "level", "users", "text", "time"]

    static func values(of event: ControlEvent, anchor: WallAnchor) -> [ColumnValue] {
        let cells = Cells(event)
        return [
            .integer(Int(anchor.unix(event.at))), .text(cells.name),
            .integer(cells.endpoint.map { Int($0.index) }), .integer(cells.level), .integer(cells.users),
            .text(cells.text), .text(anchor.iso(event.at)),
        ]
    }

    private struct Cells {
        var name: String
        var endpoint: EndpointID?
        var level: Int?
        var users: Int?
        var text: String?

        init(_ event: ControlEvent) {
            switch event {
            case .sessionStarted(let info): (name, text) = ("session-started", info.command)
            case .sourceJoined(let info, _): (name, text) = ("source-joined", info.name.text)
            case .sourceLeft: name = "source-left"
            case .endpointFound(let info, _):
                (name, endpoint, text) = ("endpoint-found", info.id, info.url.text)
            case .endpointFailed(let id, let message, _):
                (name, endpoint, text) = ("endpoint-failed", id, message)
            case .levelStarted(let start, _):
                (name, endpoint, level, users) = (
                    "level-started", start.endpoint, start.level, start.load.users
                )
            case .usersChanged(let id, let count, _): (name, endpoint, users) = ("users-changed", id, count)
            case .windowOpened(let id, let number, _, _):
                (name, endpoint, level) = ("window-opened", id, number)
            case .windowClosed(let id, let number, _, _):
                (name, endpoint, level) = ("window-closed", id, number)
            case .windowExplained(let id, let number, let circumstances, _):
                (name, endpoint, level, text) = ("window-explained", id, number, circumstances.words)
            case .loadPaused(let id, _): (name, endpoint) = ("load-paused", id)
            case .loadResumed(let id, _): (name, endpoint) = ("load-resumed", id)
            case .marked(let note, _): (name, text) = ("marked", note)
            case .sweepEnded(let id, let reason, _):
                (name, endpoint, text) = ("sweep-ended", id, reason.rawValue)
            case .serverSaid: name = "server-said"
            case .gpusSaid: name = "gpus-said"
            case .sessionEnded: name = "session-ended"
            }
        }
    }
}
