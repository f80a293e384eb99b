/// Whoever takes what a session yields: the recorder taps the collector through this.
///
/// Calls come in the order in which the collector took things in, from one task at a time, and must
/// return at once: a sink that has to wait for a disk queues.
public protocol SampleSink: Sendable {
    func take(_ batch: SampleBatch)
    func take(_ event: ControlEvent)
    /// A level's figures are final.
    func take(_ result: LevelResult)
}
