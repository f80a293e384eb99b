import Measure
import Telemetry

/// The GPUs' books.
struct GPULedger: Sendable {
    let id: SourceID
    private var history = GPUHistory()
    private var minute: [GPUFigures] = []
    private var findings: [(gpu: Int, diagnosis: GPUDiagnosis, sentence: Shown)] = []
    private var trouble: Shown?
    /// By the servers' rows.
    var service = GPUService()
    private(set) var hasLeft = false

    init(_ id: SourceID) { self.id = id }

    var isEmpty: Bool { history.last == nil }

    mutating func join(at moment: Moment) -> [WatchEvent] {
        hasLeft = false
        return [event("joined", at: moment, .note, "GPUs are watched from here on")]
    }

    mutating func leave(at moment: Moment) -> [WatchEvent] {
        guard !hasLeft else { return [] }
        hasLeft = true
        return [event("left", at: moment, .note, "GPUs are no longer watched")]
    }

    mutating func take(_ reading: Reading) -> [WatchEvent] {
        if let last = history.last, reading.at <= last.at { return [] }
        var events: [WatchEvent] = []
        if trouble.take() != nil {
            events.append(event("gpu-trouble-over", at: reading.at, .note, "GPUs can be read again"))
        }
        history.take(reading)
        minute = history.figures(over: .minute)
        let before = findings
        findings = GPUDiagnosis.allCases.flatMap { diagnosis in
            minute.filter(diagnosis.holds).map { ($0.index, diagnosis, diagnosis.sentence($0)) }
        }
        for old in before
        where !findings.contains(where: { ($0.gpu, $0.diagnosis) == (old.gpu, old.diagnosis) }) {
            events.append(
                event(old.diagnosis.rawValue + "-over", at: reading.at, .note, "over: \(old.sentence)"))
        }
        for new in findings
        where !before.contains(where: { ($0.gpu, $0.diagnosis) == (new.gpu, new.diagnosis) }) {
            events.append(
                event(new.diagnosis.rawValue, at: reading.at, new.diagnosis.weight, new.sentence))
        }
        return events
    }

    mutating func take(_ words: Shown, at moment: Moment) -> [WatchEvent] {
        let before = trouble
        trouble = words
        return before == nil ? [event("gpu-trouble", at: moment, .yellow, words)] : []
    }

    private func event(
        _ kind: String, at moment: Moment, _ weight: Diagnosis.Weight, _ text: Shown
    ) -> WatchEvent {
        WatchEvent(at: moment, source: id, kind: kind, weight: weight, text: text)
    }

    var last: GPUHistory.Point? { history.last }

    func figures(from base: GPUHistory.Point, to point: GPUHistory.Point) -> [GPUFigures] {
        history.figures(from: base, to: point)
    }

    func figures(from start: Moment, to end: Moment) -> [GPUFigures]? {
        history.figures(from: start, to: end)
    }

    var snapshot: GPUsSnapshot {
        var snapshot = GPUsSnapshot(past: history)
        snapshot.scrape = history.figures(over: .scrape)
        snapshot.minute = minute
        snapshot.lastReading = history.last?.at
        snapshot.trouble = trouble
        snapshot.service = service
        snapshot.findings = findings
        return snapshot
    }
}
