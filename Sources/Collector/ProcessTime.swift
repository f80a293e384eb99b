import Measure

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The CPU time that this process has used, over all its threads.
public enum ProcessTime {
    public static func used() -> Nanoseconds {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Nanoseconds(time.tv_sec) * .second + Nanoseconds(time.tv_nsec)
    }
}
