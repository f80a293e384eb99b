/// What is known of a server beside its readings.
package enum ServerNews: Hashable, Sendable, Codable {
    /// What it is, as it says where asking costs it nothing: its model, and its name and version.
    case named(model: Shown?, server: Shown?)
    /// Its page tells nothing, and why; until the next reading.
    case trouble(PageTrouble)
    /// The newest load line that was measured of it, or of its like.
    case loadLine(RecordedLine)
    /// What became of one small request that was sent to see how a client fares.
    case canary(CanaryAnswer)
    /// Others use it: seen before a sweep put its load on.
    case others(ForeignLoad)
}

/// What is known of GPUs beside their readings.
package enum GPUNews: Hashable, Sendable, Codable {
    /// Why they can't be read, though they are there.
    case trouble(Shown)
    case serving(GPUService)
}

/// Why a server tells nothing.
package struct PageTrouble: Hashable, Sendable, Codable {
    package var words: Shown
    /// Somebody answered, if not with a page of metrics.
    package var isAnswer: Bool

    package init(words: Shown, isAnswer: Bool) {
        self.words = words
        self.isAnswer = isAnswer
    }
}
