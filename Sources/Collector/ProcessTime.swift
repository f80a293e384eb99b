import Measure

/// The CPU time that this process has used, over all its threads.
public enum ProcessTime {
    public static func used() -> Nanoseconds { OwnClocks.processCPU() }
}
