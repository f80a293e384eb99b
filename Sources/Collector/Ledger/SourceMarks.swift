import Measure

/// Which sources a session has, and up to when each has delivered everything.
struct SourceMarks: Sendable {
    private var loops: [SourceID: [UInt16]] = [:]
    /// Each event loop's last delivery.
    private var delivered: [UInt16: Moment] = [:]
    private var haveJoined = false

    mutating func join(_ source: SourceInfo) {
        guard !source.loops.isEmpty else { return }
        loops[source.id] = source.loops
        haveJoined = true
    }

    /// It holds up nobody any more.
    mutating func leave(_ source: SourceID) { loops[source] = nil }

    /// - Returns: the loop's delivery before.
    mutating func deliver(loop: UInt16, upTo: Moment) -> Moment? {
        delivered.updateValue(upTo, forKey: loop)
    }

    /// The event loops of all sources.
    var loopCount: Int { loops.values.reduce(0) { $0 + $1.count } }

    /// Everything before this moment has come in, from every source; nil while one has yet to deliver, or to join.
    /// When all have left, that is all there will be.
    var lowWater: Moment? {
        guard haveJoined else { return nil }
        var lowest = Moment(nanoseconds: .max / 2)
        for loop in loops.values.joined() {
            guard let moment = delivered[loop] else { return nil }
            lowest = min(lowest, moment)
        }
        return lowest
    }
}
