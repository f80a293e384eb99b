/// A load line that was measured before, and on what: to be held against today's traffic.
package struct RecordedLine: Hashable, Sendable, Codable {
    /// Concurrent users at the line.
    package var users: Int
    /// More were not tried, or not decided: the line may lie higher.
    package var isLowerBound: Bool
    /// Output tokens a second there.
    package var tokensPerSecond: Double
    /// As one types it: "ttft:p95<900ms".
    package var budget: String
    package var model: Shown
    package var server: Shown?
    package var url: String
    /// By the calendar, in nanoseconds since 1970.
    package var measured: Int64
    package var runID: String
    /// Mean tokens of the prompts and of the answers that it was measured with.
    package var inputTokens: Double
    package var outputTokens: Double
    /// It is of the very endpoint; else of one with the same model and server.
    package var isOfSameURL: Bool

    package init(
        users: Int, isLowerBound: Bool, tokensPerSecond: Double, budget: String, model: Shown,
        server: Shown?, url: String, measured: Int64, runID: String, inputTokens: Double,
        outputTokens: Double, isOfSameURL: Bool
    ) {
        self.users = users
        self.isLowerBound = isLowerBound
        self.tokensPerSecond = tokensPerSecond
        self.budget = budget
        self.model = model
        self.server = server
        self.url = url
        self.measured = measured
        self.runID = runID
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.isOfSameURL = isOfSameURL
    }
}

/// A load line beside the traffic of now.
package struct LineBeside: Hashable, Sendable {
    package var line: RecordedLine
    /// The mean of running and waiting requests over the last minute; nil where the server doesn't say.
    package var load: Double?
    /// Mean tokens of the traffic's prompts and answers; nil where unknown.
    package var inputTokens: Double?
    package var outputTokens: Double?

    package init(line: RecordedLine, load: Double?, inputTokens: Double?, outputTokens: Double?) {
        self.line = line
        self.load = load
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }

    /// Traffic of other lengths is another load.
    package static let lengthSlack = 0.25

    /// Of the line, from 0; nil where today's lengths are unknown or more than a quarter off those that it was
    /// measured with: then users aren't comparable.
    package var share: Double? {
        guard let load, line.users > 0, isOfSameLengths else { return nil }
        return load / Double(line.users)
    }

    package var isOfSameLengths: Bool {
        Self.isNear(inputTokens, line.inputTokens) && Self.isNear(outputTokens, line.outputTokens)
    }

    private static func isNear(_ length: Double?, _ measured: Double) -> Bool {
        guard let length, measured > 0 else { return false }
        return abs(length / measured - 1) <= lengthSlack
    }
}
