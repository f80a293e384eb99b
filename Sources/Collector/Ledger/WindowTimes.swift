import Measure

/// What the users and the event loops did during a window, from running sums that come with each batch. A batch
/// that lies only partly in the window gives its share.
struct WindowTimes: Sendable {
    private var users: (out: Double, connecting: Double, waiting: Double)?
    private var loopCPU: [UInt16: Double] = [:]
    private(set) var stoodStill: Nanoseconds = 0
    private(set) var hung: Nanoseconds = 0

    /// A stretch of time, and how much of it lies in the window.
    struct Stretch {
        var from: Moment
        var to: Moment
        var share: Double

        init(from: Moment, to: Moment, windowStart: Moment, windowEnd: Moment?) {
            self.from = from
            self.to = to
            let inside = (windowEnd.map { min($0, to) } ?? to) - max(windowStart, from)
            share = to > from ? Double(max(0, inside)) / Double(to - from) : 0
        }
    }

    mutating func add(_ now: UserTimes, since before: UserTimes, in stretch: Stretch) {
        guard stretch.share > 0 else { return }
        var sum = users ?? (0, 0, 0)
        sum.out += Double(now.out &- before.out) * stretch.share
        sum.connecting += Double(now.connecting &- before.connecting) * stretch.share
        sum.waiting += Double(now.waiting &- before.waiting) * stretch.share
        users = sum
    }

    mutating func add(cpu: Nanoseconds, loop: UInt16, in stretch: Stretch) {
        guard stretch.share > 0 else { return }
        loopCPU[loop, default: 0] += Double(cpu) * stretch.share
    }

    mutating func add(_ found: StandstillWatch.Found, in stretch: Stretch) {
        guard stretch.share > 0 else { return }
        if found.isOwnFault { hung &+= found.length } else { stoodStill &+= found.length }
    }

    func occupancy(over length: Nanoseconds) -> Occupancy? {
        guard let users, length > 0 else { return nil }
        let length = Double(length)
        return Occupancy(
            out: users.out / length, connecting: users.connecting / length, waiting: users.waiting / length)
    }

    func loopCPUShare(over length: Nanoseconds) -> Double? {
        guard let most = loopCPU.values.max(), length > 0 else { return nil }
        return most / Double(length)
    }
}
