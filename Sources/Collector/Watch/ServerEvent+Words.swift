import Measure

extension ServerEvent {
    /// As in the tables.
    var kind: String {
        switch self {
        case .restarted: "restarted"
        case .countersFell: "counters-fell"
        case .otherReplica: "other-replica"
        case .bucketsChanged: "buckets-changed"
        case .gone: "gone"
        case .back: "back"
        }
    }

    var weight: Diagnosis.Weight {
        switch self {
        case .gone: .red
        case .restarted: .yellow
        case .countersFell, .otherReplica, .bucketsChanged, .back: .note
        }
    }

    var words: Shown {
        switch self {
        case .restarted: "restarted: its counters began anew"
        case .countersFell: "counters fell: what was counted in between isn't known"
        case .otherReplica: "another replica answers: a balancer stands in front of several"
        case .bucketsChanged: "its histograms have other buckets"
        case .gone: "no answer any more"
        case .back(let gap): "back after \((gap + .second / 2) / .second) s"
        }
    }

    /// Behind a balancer each reading may bring one.
    var comesInSwarms: Bool {
        switch self {
        case .countersFell, .otherReplica, .bucketsChanged: true
        case .restarted, .gone, .back: false
        }
    }
}

extension Diagnosis {
    /// It is an event already by what happened.
    var isTold: Bool { self == .gone || self == .restarted }
}

extension LineBeside {
    /// Beside the traffic of the last minute; lengths, where nothing ended in it, of five.
    init(_ line: RecordedLine, beside facts: WatchFacts) {
        func length(_ which: (ServerFigures) -> LatencyFigures?) -> Double? {
            which(facts.minute)?.mean ?? which(facts.fiveMinutes)?.mean
        }
        self.init(
            line: line, load: facts.minute.meanLoad, inputTokens: length(\.promptLength),
            outputTokens: length(\.generationLength))
    }
}
