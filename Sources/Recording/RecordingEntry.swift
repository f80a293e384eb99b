import Measure

/// One thing that a recording holds, in the order in which the collector took it in.
public enum RecordingEntry: Sendable, Hashable {
    case batch(SampleBatch)
    case event(ControlEvent)
    indirect case result(LevelResult)
}
