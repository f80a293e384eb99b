import Measure

/// The one document that `--json` prints.
struct JSONReport {
    let text: String

    /// - Parameter slices: a soak test's figures over time.
    init(_ snapshot: Snapshot, recording: String?, slices: [LevelResult] = []) {
        var json = JSONText()
        json.object {
            $0.member("session") { $0.session(snapshot, recording: recording) }
            $0.member("endpoints") { json in
                json.array(snapshot.endpoints) { json, endpoint in
                    json.endpoint(
                        endpoint, anchor: snapshot.session.started,
                        slices: slices.filter { $0.endpoint == endpoint.info.id })
                }
            }
        }
        text = json.text
    }
}

extension JSONText {
    fileprivate mutating func session(_ snapshot: Snapshot, recording: String?) {
        let info = snapshot.session
        object {
            $0.member("started_ns", .integer(Int(info.started.unixNanoseconds)))
            $0.member("duration", .number(snapshot.elapsed.inSeconds))
            $0.member("version", .text(info.version))
            $0.member("command", .text(info.command))
            $0.member("host", .text(info.host))
            $0.member("seed", .text(String(info.seed)))
            $0.member("budget", .text(snapshot.budget?.text))
            $0.member("recording", .text(recording))
            $0.member("options") { json in
                json.object { json in
                    for (name, value) in info.options.sorted(by: { $0.key < $1.key }) {
                        json.member(name, .text(value))
                    }
                }
            }
        }
    }

    fileprivate mutating func endpoint(
        _ endpoint: EndpointSnapshot, anchor: WallAnchor, slices: [LevelResult]
    ) {
        object {
            $0.member("url", .text(endpoint.info.url))
            $0.member("model", endpoint.info.model.text.isEmpty ? .missing : .text(endpoint.info.model.text))
            $0.member("server", .text(endpoint.info.server?.text))
            $0.member("ended", .text(endpoint.phase.endName))
            $0.member("levels") { $0.levels(endpoint.levels, of: endpoint.info, anchor: anchor) }
            $0.member("plateau") { $0.plateau(endpoint.plateau) }
            $0.member("load_line") { $0.loadLine(endpoint) }
            $0.member("errors") { json in
                json.array(endpoint.errors) { json, error in
                    json.object {
                        $0.member("kind", .text(error.kind.rawValue))
                        $0.member("count", .integer(error.count))
                        $0.member("last", .text(error.last?.text))
                    }
                }
            }
            $0.member("error", .text(endpoint.phase.error))
            if !slices.isEmpty {
                $0.member("over_time") { $0.levels(slices, of: endpoint.info, anchor: anchor) }
            }
        }
    }

    fileprivate mutating func levels(_ levels: [LevelResult], of endpoint: EndpointInfo, anchor: WallAnchor) {
        array(levels) { json, level in
            json.object { json in
                for column in level.columns(endpoint: endpoint, anchor: anchor) {
                    json.member(column.name, column.value)
                }
                json.member("trust") { json in
                    json.array(level.trust) { $0.value(.text($1.rawValue)) }
                }
            }
        }
    }

    fileprivate mutating func plateau(_ plateau: Plateau?) {
        guard let plateau else { return value(.missing) }
        object {
            $0.member("output_throughput", .number(plateau.throughput))
            $0.member("concurrency", .integer(plateau.load.users))
            $0.member("half_width", .number(plateau.halfWidth))
            $0.member("reached") { $0.bool(plateau.reached) }
        }
    }

    fileprivate mutating func loadLine(_ endpoint: EndpointSnapshot) {
        guard let line = endpoint.loadLine else { return value(.missing) }
        let doubt = endpoint.loadDoubt
        object {
            $0.member("concurrency", .integer(endpoint.wentAway ? nil : line.load.users))
            $0.member("output_throughput", .number(endpoint.wentAway ? nil : line.throughput))
            $0.member("broken_at", .integer(line.brokenAt?.users))
            $0.member("held_at", .integer(line.heldAt?.users))
            $0.member("undecided_from", .integer(doubt?.from.users))
            $0.member("undecided_to", .integer(doubt?.upTo.users))
            $0.member("dwell_that_decides", .number(doubt?.dwell?.inSeconds))
        }
    }
}

extension Phase {
    fileprivate var endName: String? {
        switch self {
        case .done(let reason): reason.rawValue
        case .failed: "failed"
        default: nil
        }
    }

    /// Why it could not be used.
    fileprivate var error: String? { if case .failed(let message) = self { message } else { nil } }
}
