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
    private var courses: [Diagnosis: Course] = [:]

    private struct Course: Hashable {
        var finding: Finding
        /// When it was last so.
        var last: Moment
        /// It has been so for long enough.
        var stands: Bool
    }

    package init() {}

    /// - Parameter facts: later than those before.
    /// - Returns: what has been so for long enough, the worst first.
    package mutating func look(at facts: WatchFacts) -> [Finding] {
        var findings: [Finding] = []
        for diagnosis in Diagnosis.allCases {
            courses[diagnosis] = course(of: diagnosis, facts)
            guard let course = courses[diagnosis], course.stands else { continue }
            if let whole = diagnosis.isPartOf, findings.contains(where: { $0.diagnosis == whole }) {
                continue
            }
            findings.append(course.finding)
        }
        return findings
    }

    /// Nobody looked for a while: what was so before tells nothing of since when it has been so.
    package mutating func forget() { courses = [:] }

    private func course(of diagnosis: Diagnosis, _ facts: WatchFacts) -> Course? {
        let before = courses[diagnosis]
        guard diagnosis.holds(facts) else {
            guard let before, before.stands, !facts.isGone, facts.at - before.last < diagnosis.calm else {
                return nil
            }
            return before
        }
        let since = before?.finding.since ?? diagnosis.beginning(facts)
        return Course(
            finding: Finding(diagnosis: diagnosis, since: since, sentence: diagnosis.sentence(facts)),
            last: facts.at, stands: before?.stands ?? false || facts.at - since >= diagnosis.patience)
    }
}
