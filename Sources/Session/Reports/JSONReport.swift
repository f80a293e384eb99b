import Measure

/// The one document that `--json` prints.
struct JSONReport {
    let text: String

    init(_ snapshot: Snapshot, recording: String?) {
        var json = JSONText()
        json.object {
            $0.member("session") { $0.session(snapshot, recording: recording) }
            $0.member("endpoints") { json in
                json.array(snapshot.endpoints) { json, endpoint in
                    json.endpoint(
                        endpoint, of: snapshot.session,
                        slices: snapshot.slices.filter { $0.endpoint == endpoint.info.id })
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
            $0.member("run_id", .text(info.runID))
            $0.member("started", .text(info.started.iso(info.started.moment)))
            $0.member("ended", .text(info.started.iso(snapshot.at)))
            $0.member("repeat", .text(info.command(for: snapshot.endpoints.map(\.info))))
            $0.member("gpus", .text(snapshot.gpusSeen?.text))
            $0.member("marks") { json in
                json.array(snapshot.marks) { json, mark in
                    json.object {
                        $0.member("time_ns", .integer(Int(info.started.unixNanoseconds(at: mark.at))))
                        $0.member("time", .text(info.started.iso(mark.at)))
                        $0.member("note", .text(mark.note))
                    }
                }
            }
        }
    }

    fileprivate mutating func endpoint(
        _ endpoint: EndpointSnapshot, of session: SessionInfo, slices: [LevelResult]
    ) {
        object {
            $0.member("url", .text(endpoint.info.url.text))
            $0.member("model", endpoint.info.model.text.isEmpty ? .missing : .text(endpoint.info.model.text))
            $0.member("server", .text(endpoint.info.server?.text))
            $0.member("ended", .text(endpoint.phase.endName))
            $0.member("levels") { $0.levels(endpoint.levels, of: endpoint.info, session) }
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
            $0.member("cost") { $0.cost(of: endpoint, session.plan?.prices) }
            if !slices.isEmpty {
                $0.member("over_time") { $0.levels(slices, of: endpoint.info, session) }
            }
        }
    }

    fileprivate mutating func levels(
        _ levels: [LevelResult], of endpoint: EndpointInfo, _ session: SessionInfo
    ) {
        array(levels) { json, level in
            json.object { json in
                for column in level.columns(endpoint: endpoint, anchor: session.started, session: session) {
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

    fileprivate mutating func cost(of endpoint: EndpointSnapshot, _ prices: Prices?) {
        guard let prices else { return value(.missing) }
        let cost = endpoint.cost(prices)
        object {
            $0.member("per_hour", .number(cost.perHour))
            $0.member("per_month", .number(cost.perMonth))
            $0.member("cost_per_million_output_tokens", .number(cost.atLoadLine.perMillionOutput))
            $0.member("cost_per_million_total_tokens", .number(cost.atLoadLine.perMillionTotal))
            $0.member("capacity_total_tokens_per_day", .number(cost.capacityPerDay))
            $0.member("tokens_per_day", .number(cost.tokensPerDay))
            $0.member("machines", .number(cost.machines))
            $0.member("own_per_month", .number(cost.ownPerMonth))
            $0.member("cloud_per_month", .number(cost.cloudPerMonth))
            $0.member("break_even_tokens_per_day", .number(cost.breakEvenPerDay))
            $0.member("price_claim", .text(prices.claim?.words))
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
