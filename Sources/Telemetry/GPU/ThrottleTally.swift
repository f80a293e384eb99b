/// How often each GPU was seen to be throttled. It only grows: what happened in a window is the difference
/// of two.
package struct ThrottleTally: Hashable, Sendable {
    struct GPU: Hashable, Sendable {
        var readings = 0
        var alarming = 0
        var passing = 0
    }

    /// By the GPU's index.
    private(set) var gpus: [GPU] = []

    package init() {}

    /// One reading of every GPU; nil where one could not be read.
    mutating func add(_ reading: [ThrottleReasons?]) {
        while gpus.count < reading.count { gpus.append(GPU()) }
        for case (let index, let reasons?) in reading.enumerated() {
            gpus[index].readings += 1
            if !reasons.isDisjoint(with: .alarming) { gpus[index].alarming += 1 }
            if !reasons.isDisjoint(with: .passing) { gpus[index].passing += 1 }
        }
    }

    package func since(_ earlier: ThrottleTally) -> ThrottleTally {
        var difference = self
        for (index, before) in earlier.gpus.enumerated() where index < gpus.count {
            difference.gpus[index].readings -= before.readings
            difference.gpus[index].alarming -= before.alarming
            difference.gpus[index].passing -= before.passing
        }
        return difference
    }

    /// `alarming` reasons at any time, `passing` ones for at least half of the time.
    package var isThrottled: Bool {
        gpus.contains { $0.alarming > 0 || ($0.passing > 0 && 2 * $0.passing >= $0.readings) }
    }
}
