import Measure
import NIOCore

/// Calls its owner at the moment last asked for, with as few scheduled tasks as that takes. Lives on one
/// event loop.
struct LoopTimer {
    private var armed: Moment?

    /// Asks for a call at `moment`, if none is coming earlier anyway.
    mutating func arm(_ moment: Moment?, on loop: any EventLoop, call: @escaping (Moment) -> Void) {
        guard let moment else { return }
        if let armed, armed <= moment { return }
        armed = moment
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        loop.assumeIsolated().scheduleTask(deadline: deadline) { call(moment) }
    }

    /// A call has come. One that was overtaken by an earlier one is harmless.
    mutating func fired(_ moment: Moment) {
        if armed == moment { armed = nil }
    }
}
