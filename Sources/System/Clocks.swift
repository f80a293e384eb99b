package import Glibc

/// The machine's clocks, in nanoseconds.
package enum Clocks {
    /// Never goes back, and stands still while the machine is suspended. One vDSO call: the hot path's.
    @inlinable package static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    /// Since 1970-01-01 UTC.
    package static func calendar() -> Int64 { read(CLOCK_REALTIME) }

    /// What to take from nanoseconds since 1970 to get monotonic ones.
    package static func calendarOffset() -> Int64 {
        let before = monotonic()
        let calendar = calendar()
        return calendar - before - (monotonic() - before) / 2
    }

    /// The CPU time of the thread that asks.
    package static func threadCPU() -> Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    /// The CPU time of the process, over all its threads.
    package static func processCPU() -> Int64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    /// How long the machine has been suspended since it started. Only how much it grows is of interest, and only
    /// by how many seconds: two clocks aren't read at once.
    package static func suspended() -> Int64 { read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC) }

    @inlinable static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
