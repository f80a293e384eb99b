/// One thing that a source says. Collector, recorder, reader and player speak of nothing else: a session is the
/// sequence of its entries, live and in replay.
package enum SessionEntry: Sendable, Hashable {
    case batch(SampleBatch)
    case event(ControlEvent)
    case reading(Reading)
    /// A level's figures are final.
    indirect case result(LevelResult)
}

extension SessionEntry {
    /// When it was said; nil for figures, which follow from what was said before them.
    package var at: Moment? {
        switch self {
        case .batch(let batch): batch.upTo
        case .event(let event): event.at
        case .reading(let reading): reading.at
        case .result: nil
        }
    }
}
