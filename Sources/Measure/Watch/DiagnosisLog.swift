/// A diagnosis that stands.
package struct Finding: Hashable, Sendable {
    package var diagnosis: Diagnosis
    package var since: Moment
    package var sentence: Shown

    package init(diagnosis: Diagnosis, since: Moment, sentence: Shown) {
        self.diagnosis = diagnosis
        self.since = since
        self.sentence = sentence
    }
}

/// Since when which diagnosis has been so.
package struct DiagnosisLog: Hashable, Sendable {
    private var since: [Diagnosis: Moment] = [:]

    package init() {}

    /// - Parameter facts: later than those before.
    /// - Returns: what has been so for long enough, the worst first.
    package mutating func look(at facts: WatchFacts) -> [Finding] {
        var findings: [Finding] = []
        for diagnosis in Diagnosis.allCases {
            guard diagnosis.holds(facts) else {
                since[diagnosis] = nil
                continue
            }
            let start = since[diagnosis] ?? diagnosis.beginning(facts)
            since[diagnosis] = start
            guard facts.at - start >= diagnosis.patience else { continue }
            if let whole = diagnosis.isPartOf, findings.contains(where: { $0.diagnosis == whole }) {
                continue
            }
            findings.append(
                Finding(diagnosis: diagnosis, since: start, sentence: diagnosis.sentence(facts)))
        }
        return findings
    }
}
