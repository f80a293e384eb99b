#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What this program has used, and what it has slept through.
package enum OwnClocks {
    /// The CPU time of the thread that asks.
    package static func threadCPU() -> Nanoseconds { read(CLOCK_THREAD_CPUTIME_ID) }

    /// The CPU time of the process, over all its threads.
    package static func processCPU() -> Nanoseconds { read(CLOCK_PROCESS_CPUTIME_ID) }

    /// How long the machine has been suspended since it started: the monotonic clock stands still then. Only
    /// how much it grows is of interest, and only by how many seconds: the two clocks aren't read at once.
    package static func suspended() -> Nanoseconds {
        #if os(Linux)
        read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC)
        #else
        0
        #endif
    }

    private static func read(_ clock: clockid_t) -> Nanoseconds {
        var time = timespec()
        clock_gettime(clock, &time)
        return Nanoseconds(time.tv_sec) &* .second &+ Nanoseconds(time.tv_nsec)
    }
}
