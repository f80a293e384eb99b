/// How a level's window came about and what went on around it: what its samples alone don't tell.
public struct WindowCircumstances: Hashable, Sendable {
    /// It was closed before its time: by hand, by a stop or by the circuit breaker.
    public var cutShort: Bool
    /// It had opened because the level was steady, and not because the wait was over.
    public var openedSteady: Bool
    /// Another process answers at its end than at its beginning.
    public var serverRestarted: Bool
    /// A GPU that the endpoint may run on held its clocks down.
    public var gpuThrottled: Bool

    public init(
        cutShort: Bool = false, openedSteady: Bool = true, serverRestarted: Bool = false,
        gpuThrottled: Bool = false
    ) {
        self.cutShort = cutShort
        self.openedSteady = openedSteady
        self.serverRestarted = serverRestarted
        self.gpuThrottled = gpuThrottled
    }
}
