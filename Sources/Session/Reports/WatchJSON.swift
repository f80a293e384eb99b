import Measure

/// A watch at one moment: what `--json` prints, once or a line an interval. Keys are only ever added, at the end of
/// what they are in; what isn't known is null.
struct WatchJSON {
    let text: String

    /// - Parameter events: those after this moment; nil: all that are kept.
    init(_ snapshot: Snapshot, eventsAfter moment: Moment? = nil) {
        let (session, watch) = (snapshot.session, snapshot.watch)
        var json = JSONText()
        json.object {
            $0.member("at", .text(session.started.iso(snapshot.at)))
            $0.member("endpoints") { json in
                json.array(watch.servers) { $0.server($1, of: session) }
            }
            $0.member("gpus") { json in
                json.array(watch.gpus?.scrape ?? []) { $0.gpu($1, of: watch) }
            }
            $0.member("at_ns", .integer(Int(session.started.unixNanoseconds(at: snapshot.at))))
            $0.member("events") { json in
                json.array(watch.events.filter { event in moment.map { event.at > $0 } ?? true }) {
                    json, event in
                    json.event(event, of: watch, session)
                }
            }
            $0.member("service") { $0.service(watch) }
            $0.member("budget", .text(snapshot.budget?.text))
            $0.member("run_id", .text(session.runID))
            $0.member("gpu_trouble", .text(watch.gpus?.trouble?.text))
        }
        text = json.text
    }
}

extension JSONText {
    fileprivate mutating func gpu(_ gpu: GPUFigures, of watch: WatchSnapshot) {
        let served = watch.servers.filter { $0.isServed(by: gpu) }
        let joules = served.count == 1 ? served.first.flatMap { try? $0.joulesPerToken.get() } : nil
        object {
            $0.member("index", .integer(gpu.number))
            $0.member("name", .text(gpu.name?.text))
            $0.member("uuid", .text(gpu.uuid?.text))
            $0.member("utilisation", .number(gpu.utilisation))
            $0.member("memory_used_bytes", .whole(gpu.memoryUsed))
            $0.member("memory_total_bytes", .whole(gpu.memoryTotal))
            $0.member("power_w", .number(gpu.watts))
            $0.member("power_limit_w", .number(gpu.wattsLimit))
            $0.member("temperature_c", .number(gpu.celsius))
            $0.member("sm_clock_mhz", .number(gpu.clockMHz))
            $0.member("throttled_share", .number(gpu.throttledShare))
            $0.member("joules_per_token", .number(joules))
            $0.member("serves") { json in json.array(served) { $0.value(.text($1.info.url)) } }
            $0.member("memory_utilisation", .number(gpu.memoryUtilisation))
            $0.member("memory_temperature_c", .number(gpu.memoryCelsius))
            $0.member("power_capped_share", .number(gpu.powerCappedShare))
            $0.member("thermal_share", .number(gpu.thermalShare))
            $0.member("is_lost") { $0.bool(gpu.isLost) }
            $0.member("host", .text(gpu.host?.text))
        }
    }

    fileprivate mutating func event(_ event: WatchEvent, of watch: WatchSnapshot, _ session: SessionInfo) {
        object {
            $0.member("time", .text(session.started.iso(event.at)))
            $0.member("url", .text(watch.servers.first { $0.id == event.source }?.info.url))
            $0.member("kind", .text(event.kind))
            $0.member("weight", .text(event.weight.word))
            $0.member("text", .text(event.text.text))
        }
    }

    /// This machine's GPUs by who they work for.
    fileprivate mutating func service(_ watch: WatchSnapshot) {
        guard let service = watch.gpus?.service else { return value(.missing) }
        object {
            $0.member("foreign_gpus") { json in
                json.array(service.foreign) { $0.value(.integer($1)) }
            }
        }
    }
}

extension Diagnosis.Weight {
    /// As in documents.
    var word: String {
        switch self {
        case .note: "note"
        case .yellow: "yellow"
        case .red: "red"
        }
    }
}

extension ColumnValue {
    /// A number that has no parts.
    static func whole(_ number: Double?) -> ColumnValue {
        number.flatMap { Int(exactly: $0.rounded()) }.map { .integer($0) } ?? .missing
    }
}
