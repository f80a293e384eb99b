import Measure
import Telemetry

/// The books of one source of GPUs.
struct GPULedger: Sendable {
    /// Of the source that brought them first: the same ones join again under others.
    let id: SourceID
    let name: Shown
    private var history: GPUHistory
    /// Where they are, unless they say it.
    private let host: Shown
    private var minute: [GPUFigures] = []
    private var findings: [GPUFinding] = []
    private var trouble: Shown?
    /// By the servers' rows.
    var service = GPUService()
    private(set) var hasLeft = false

    /// - Parameter host: the machine that the session is on.
    init(_ info: SourceInfo, host: String) {
        id = info.id
        name = info.name
        self.host = Shown(recorded: host)
        history = GPUHistory(source: info.id)
    }

    var isOwn: Bool { name == SourceInfo.ownGPUs }
    /// How many GPUs it has told of.
    var count: Int { history.count }

    mutating func join(at moment: Moment) -> [WatchEvent] {
        hasLeft = false
        return [event("joined", at: moment, .note, "\(name): watched from here on")]
    }

    mutating func leave(at moment: Moment) -> [WatchEvent] {
        guard !hasLeft else { return [] }
        hasLeft = true
        return [event("left", at: moment, .note, "\(name): no longer watched")]
    }

    /// - Parameters:
    ///   - most: so many GPUs are kept.
    ///   - withHost: events name their machines.
    mutating func take(_ reading: Reading, most: Int, withHost: Bool) -> [WatchEvent] {
        if let last = history.last, reading.at <= last.at { return [] }
        var events: [WatchEvent] = []
        if trouble.take() != nil {
            events.append(event("gpu-trouble-over", at: reading.at, .note, "\(name): can be read again"))
        }
        history.take(reading, most: most)
        minute = hosted(history.figures(over: .minute))
        let before = findings
        findings = GPUDiagnosis.found(in: minute, withHost: withHost)
        for old in before where !findings.contains(where: old.isSame) {
            events.append(
                event(old.diagnosis.rawValue + "-over", at: reading.at, .note, "over: \(old.sentence)"))
        }
        for new in findings where !before.contains(where: new.isSame) {
            events.append(
                event(new.diagnosis.rawValue, at: reading.at, new.diagnosis.weight, new.sentence))
        }
        return events
    }

    mutating func take(_ words: Shown, at moment: Moment) -> [WatchEvent] {
        let before = trouble
        trouble = words
        guard before == nil else { return [] }
        return [event("gpu-trouble", at: moment, .yellow, isOwn ? words : "\(name): \(words)")]
    }

    private func event(
        _ kind: String, at moment: Moment, _ weight: Diagnosis.Weight, _ text: Shown
    ) -> WatchEvent {
        WatchEvent(at: moment, source: id, kind: kind, weight: weight, text: text)
    }

    // MARK: Looking

    var last: GPUHistory.Point? { history.last }

    func figures(from base: GPUHistory.Point, to point: GPUHistory.Point) -> [GPUFigures] {
        history.figures(from: base, to: point)
    }

    func figures(from start: Moment, to end: Moment) -> [GPUFigures]? {
        history.figures(from: start, to: end)
    }

    /// Since the reading before.
    var scrape: [GPUFigures] { hosted(history.figures(over: .scrape)) }
    var lastMinute: [GPUFigures] { minute }

    var snapshot: GPUSourceSnapshot {
        GPUSourceSnapshot(id: id, name: name, lastReading: history.last?.at, trouble: trouble)
    }

    private func hosted(_ gpus: [GPUFigures]) -> [GPUFigures] {
        gpus.map { gpu in
            var gpu = gpu
            gpu.host = gpu.host ?? host
            return gpu
        }
    }
}

extension GPULedger: GPUPast {
    func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] {
        history.course(since: moment).map { ($0.at, hosted($0.gpus)) }
    }

    func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] {
        hosted(history.figures(overLast: span, at: moment))
    }
}
