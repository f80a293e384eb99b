import NIOCore
import NIOPosix

/// What the event loops want of the files that the process may have open.
package enum FileDescriptorLimit {
    /// With fewer not even the event loops can be made: they end the program.
    package static let least = 32

    /// For questions; each loop has three descriptors, and a machine may have a hundred processors.
    private static let mostLoops = 4

    /// Keeps the loops for questions few. Once, before anything is asked.
    package static func boundLoops() {
        NIOSingletons.groupLoopCountSuggestion = min(System.coreCount, mostLoops)
    }
}
