import Measure

/// The running sums that came with each loop's last batch: what is written of them is how much they have grown.
struct LoopSums {
    private struct Place: Hashable {
        var loop: UInt16
        var endpoint: EndpointID
    }

    private var times: [Place: UserTimes] = [:]
    private var vitals: [UInt16: LoopVitals] = [:]

    /// Wraps instead of trapping: a file may hold anything, and recording must survive any figure.
    mutating func growth(to now: UserTimes, of endpoint: EndpointID, loop: UInt16) -> UserTimes {
        let then = times.updateValue(now, forKey: Place(loop: loop, endpoint: endpoint)) ?? UserTimes()
        return UserTimes(
            out: now.out &- then.out, connecting: now.connecting &- then.connecting,
            waiting: now.waiting &- then.waiting)
    }

    mutating func sum(of grown: UserTimes, of endpoint: EndpointID, loop: UInt16) -> UserTimes {
        let place = Place(loop: loop, endpoint: endpoint)
        let then = times[place] ?? UserTimes()
        let now = UserTimes(
            out: then.out &+ grown.out, connecting: then.connecting &+ grown.connecting,
            waiting: then.waiting &+ grown.waiting)
        times[place] = now
        return now
    }

    mutating func growth(to now: LoopVitals, loop: UInt16) -> LoopVitals {
        let then = vitals.updateValue(now, forKey: loop) ?? LoopVitals(threadCPU: 0)
        return LoopVitals(
            threadCPU: now.threadCPU &- then.threadCPU, suspended: now.suspended &- then.suspended)
    }

    mutating func sum(of grown: LoopVitals, loop: UInt16) -> LoopVitals {
        let then = vitals[loop] ?? LoopVitals(threadCPU: 0)
        let now = LoopVitals(
            threadCPU: then.threadCPU &+ grown.threadCPU, suspended: then.suspended &+ grown.suspended)
        vitals[loop] = now
        return now
    }
}
