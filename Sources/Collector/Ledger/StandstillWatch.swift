import Measure

/// Tells when this program didn't run at all: it was stopped, its machine suspended or starved. One loop that
/// is late has too much to do; all of them late at once, while the process uses hardly any CPU, are not to blame.
struct StandstillWatch: Sendable {
    /// Each loop's last standstill.
    private var late: [UInt16: Standstill] = [:]
    private var suspended: Nanoseconds?

    /// With less than this share of a processor the program wasn't busy.
    private static let idleShare = 0.2

    struct Found: Hashable, Sendable {
        var from: Moment
        var to: Moment
        var length: Nanoseconds
        /// The program was busy meanwhile: its loop hung.
        var isOwnFault = false
    }

    /// - Parameters:
    ///   - loops: how many there are.
    ///   - before: the loop's batch before.
    mutating func take(
        _ vitals: LoopVitals, loop: UInt16, of loops: Int, before: Moment, upTo: Moment
    ) -> Found? {
        let slept = vitals.suspended - (suspended ?? vitals.suspended)
        suspended = max(suspended ?? vitals.suspended, vitals.suspended)
        // The monotonic clock knows nothing of it: it lies somewhere in the batch.
        if slept > Standstill.least { return Found(from: before, to: upTo, length: slept) }

        guard let standstill = vitals.standstill else { return nil }
        guard Self.wasIdle(standstill) else {
            return Found(
                from: standstill.from, to: standstill.to, length: standstill.to - standstill.from,
                isOwnFault: true)
        }
        late[loop] = standstill
        guard late.count >= loops, let from = late.values.map(\.from).max(),
            let to = late.values.map(\.to).min(), to - from > Standstill.least
        else { return nil }
        late = [:]
        return Found(from: from, to: to, length: to - from)
    }

    private static func wasIdle(_ standstill: Standstill) -> Bool {
        let length = Double(standstill.to - standstill.from)
        return Double(standstill.processCPU) < idleShare * length
    }
}
