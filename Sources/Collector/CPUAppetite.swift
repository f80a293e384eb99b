import Measure

/// The process's share of one core over the last second or two.
struct CPUAppetite: Sendable {
    private static let period = Nanoseconds.second

    private var reading: (at: Moment, cpu: Nanoseconds)?
    private var last: Double?

    /// nil until a second has passed.
    mutating func share(at now: Moment, cpu: Nanoseconds) -> Double? {
        guard let before = reading else {
            reading = (now, cpu)
            return nil
        }
        let span = now - before.at
        if span >= Self.period {
            last = Double(cpu - before.cpu) / Double(span)
            reading = (now, cpu)
        }
        return last
    }
}
