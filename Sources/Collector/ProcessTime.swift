package import Measure

/// The CPU time that this process has used, over all its threads.
package enum ProcessTime {
    package static func used() -> Nanoseconds { OwnClocks.processCPU() }
}
