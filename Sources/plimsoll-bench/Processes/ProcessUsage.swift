/// What a program that has ended used.
struct ProcessUsage {
    /// Its exit code, or the signal that ended it as a negative number.
    var exit: Int32
    /// Seconds of CPU time, over all threads.
    var user: Double
    var system: Double
    var peakBytes: Int
    /// Seconds from its start to its end.
    var wall: Double

    var cpu: Double { user + system }
}
