import Measure

/// A row of `events.csv`.
enum EventColumns {
    static let names = [
        "time_ns", "event", "endpoint_id", "level", "users", "text", "time", "source", "weight",
    ]

    static func values(of event: ControlEvent, anchor: WallAnchor) -> [ColumnValue] {
        let cells = Cells(event)
        return [
            .integer(Int(anchor.unix(event.at))), .text(cells.name),
            .integer(cells.endpoint.map { Int($0.index) }), .integer(cells.level), .integer(cells.users),
            .text(cells.text), .text(anchor.iso(event.at)),
            .integer(cells.source.map { Int($0.index) }), .missing,
        ]
    }

    /// - Parameter endpoint: of a sweep, whose server it is of.
    static func values(
        of event: WatchEvent, endpoint: EndpointID?, anchor: WallAnchor
    ) -> [ColumnValue] {
        [
            .integer(Int(anchor.unix(event.at))), .text(event.kind),
            .integer(endpoint.map { Int($0.index) }), .missing, .missing, .text(event.text.text),
            .text(anchor.iso(event.at)), .integer(event.source.map { Int($0.index) }),
            .text(event.weight.word),
        ]
    }

    private struct Cells {
        var name: String
        var endpoint: EndpointID?
        var level: Int?
        var users: Int?
        var text: String?
        var source: SourceID?

        init(_ event: ControlEvent) {
            switch event {
            case .sessionStarted(let info): (name, text) = ("session-started", info.command)
            case .sourceJoined(let info, _): (name, text, source) = ("source-joined", info.name.text, info.id)
            case .sourceLeft(let id, _): (name, source) = ("source-left", id)
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
            case .serverSaid(let id, _, _): (name, source) = ("server-said", id)
            case .gpusSaid(let id, _, _): (name, source) = ("gpus-said", id)
            case .sessionEnded: name = "session-ended"
            }
        }
    }
}

extension Diagnosis.Weight {
    fileprivate var word: String {
        switch self {
        case .note: "note"
        case .yellow: "yellow"
        case .red: "red"
        }
    }
}
