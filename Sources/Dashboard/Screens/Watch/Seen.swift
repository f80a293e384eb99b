import Measure

/// What somebody has acknowledged: it's no alert any more, as long as it stands.
struct Seen: Hashable, Sendable {
    /// Events up to then.
    private(set) var upTo: Moment?
    private var standing: Set<Alert.Name> = []

    mutating func acknowledge(_ snapshot: Snapshot) {
        upTo = snapshot.at
        standing = Set(Alert.all(in: snapshot.watch).map(\.name))
    }

    /// What is over is news when it comes again.
    mutating func forget(whatIsOverIn watch: WatchSnapshot) {
        guard !standing.isEmpty else { return }
        standing.formIntersection(Alert.all(in: watch).map(\.name))
    }

    func has(_ alert: Alert) -> Bool { standing.contains(alert.name) }
    func has(_ event: WatchEvent) -> Bool { upTo.map { event.at <= $0 } ?? false }
}

/// Something that stands against a server or a GPU.
struct Alert: Hashable, Sendable {
    /// What makes it the same one from snapshot to snapshot.
    enum Name: Hashable, Sendable {
        case server(SourceID, Diagnosis, since: Moment)
        case page(SourceID, since: Moment)
        case gpu(GPUID, GPUDiagnosis)
    }

    var name: Name
    var weight: Diagnosis.Weight
    var since: Moment?
    var sentence: Shown
    var gpuName: Shown?

    /// Those that an operator looks up for, the worst first; of one server what is worst.
    static func all(in watch: WatchSnapshot) -> [Alert] {
        let servers = watch.servers.flatMap { server in
            var alerts: [Alert] = []
            if case .trouble(let trouble, let since) = server.status {
                alerts.append(
                    Alert(
                        name: .page(server.id, since: since), weight: .red, since: since,
                        sentence: trouble.words))
            }
            alerts += server.findings.map {
                Alert(
                    name: .server(server.id, $0.diagnosis, since: $0.since), weight: $0.diagnosis.weight,
                    since: $0.since, sentence: $0.sentence)
            }
            return alerts.filter { $0.weight > .note }
        }
        let gpus = (watch.gpus?.findings ?? []).map {
            Alert(
                name: .gpu($0.gpu, $0.diagnosis), weight: $0.diagnosis.weight, sentence: $0.sentence,
                gpuName: $0.name)
        }
        let all = servers + gpus
        return all.indices.sorted { (-all[$0].weight.rawValue, $0) < (-all[$1].weight.rawValue, $1) }
            .map { all[$0] }
    }
}
