import Measure

/// How a server stood, and since when: what changed, and nothing else, so that hours of it are little.
struct StandingLog: Sendable {
    struct Entry: Sendable {
        var at: Moment
        var status: ServerSnapshot.Status
        /// The worst first.
        var findings: [(diagnosis: Diagnosis, since: Moment)]
    }

    private var entries: [Entry] = []
    /// Older changes are forgotten.
    private var isWhole = true

    /// As long as figures are kept.
    private static let length = 21_600 * Nanoseconds.second
    /// Where it changes with each reading.
    private static let most = 1_000

    mutating func note(_ status: ServerSnapshot.Status, _ findings: [Finding], at moment: Moment) {
        if let last = entries.last, last.status == status,
            last.findings.elementsEqual(findings, by: { $0 == ($1.diagnosis, $1.since) })
        {
            return
        }
        entries.append(
            Entry(
                at: max(moment, entries.last?.at ?? moment), status: status,
                findings: findings.map { ($0.diagnosis, $0.since) }))
        // The one before the oldest that is young enough says how it was until then.
        let old = entries.dropFirst().prefix { moment - $0.at > Self.length }.count
        let surplus = max(old, entries.count - Self.most)
        if surplus > 0 {
            isWhole = false
            entries.removeFirst(surplus)
        }
    }

    /// nil where that is forgotten.
    func entry(at moment: Moment) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at <= moment { low = middle + 1 } else { high = middle }
        }
        if low > 0 { return entries[low - 1] }
        // It hadn't joined.
        return isWhole ? Entry(at: moment, status: .waiting, findings: []) : nil
    }
}
