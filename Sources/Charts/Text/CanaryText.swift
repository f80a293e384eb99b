package import Measure

extension CanaryCount {
    /// `12 sent, 1 failed, 372 tokens in all`.
    package var words: String { "\(sent) sent, \(failed) failed, \(Format.grouped(tokens)) tokens in all" }
}

extension CanaryAnswer {
    /// What a client met with.
    package var words: String {
        if let failure { return failure.text }
        var parts = ["TTFT \(Self.time(ttft.map(Double.init)))"]
        if tpot != nil { parts.append("TPOT \(Self.time(tpot))") }
        parts.append("E2E \(Self.time(e2e.map(Double.init)))")
        return parts.joined(separator: ", ")
    }

    private static func time(_ nanoseconds: Double?) -> String { Format.duration(nanoseconds) }
}
