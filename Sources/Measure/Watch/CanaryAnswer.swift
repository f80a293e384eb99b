/// One small request, measured as a client would see it.
package struct CanaryAnswer: Hashable, Sendable, Codable {
    /// nil where none came.
    package var ttft: Nanoseconds?
    package var e2e: Nanoseconds?
    /// What it cost the server.
    package var promptTokens: Int
    package var outputTokens: Int
    /// nil when it went well.
    package var failure: Shown?
    /// Nanoseconds a token after the first.
    package var tpot: Double?
    /// Finding the host and connecting, which is in none of the others.
    package var connect: Nanoseconds?
    /// What it took to find out how the server is to be asked; nil where that was known.
    package var beforehand: TokensSpent?

    package init(
        ttft: Nanoseconds?, e2e: Nanoseconds?, promptTokens: Int, outputTokens: Int, failure: Shown? = nil,
        tpot: Double? = nil, connect: Nanoseconds? = nil, beforehand: TokensSpent? = nil
    ) {
        self.ttft = ttft
        self.e2e = e2e
        self.promptTokens = promptTokens
        self.outputTokens = outputTokens
        self.failure = failure
        self.tpot = tpot
        self.connect = connect
        self.beforehand = beforehand
    }
}

/// What requests of this program's own cost a server.
package struct TokensSpent: Hashable, Sendable, Codable {
    package var requests: Int
    /// Of prompts and of answers.
    package var tokens: Int

    package init(requests: Int = 0, tokens: Int = 0) {
        self.requests = requests
        self.tokens = tokens
    }
}

/// All canaries of a session.
package struct CanaryCount: Hashable, Sendable {
    package private(set) var sent = 0
    package private(set) var failed = 0
    /// All that they cost, with what was asked before them.
    package private(set) var tokens = 0

    package init() {}

    package mutating func add(_ answer: CanaryAnswer) {
        sent += 1
        if answer.failure != nil { failed += 1 }
        for more in [answer.promptTokens, answer.outputTokens, answer.beforehand?.tokens ?? 0] {
            let (sum, overflow) = tokens.addingReportingOverflow(more)
            tokens = overflow ? .max : sum
        }
    }
}

/// Canaries that failed one after the other, up to now.
package struct FailingCanaries: Hashable, Sendable {
    package var count: Int
    /// When the first of them had failed.
    package var since: Moment
    /// What became of the last.
    package var words: Shown

    package init(count: Int, since: Moment, words: Shown) {
        self.count = count
        self.since = since
        self.words = words
    }
}

/// How many of a server's requests over some time were canaries, or asked before one; and how many of these failed.
package struct CanaryLoad: Hashable, Sendable {
    package var requests = 0
    package var failed = 0

    package init() {}

    package mutating func add(_ answer: CanaryAnswer) {
        requests += 1 + (answer.beforehand?.requests ?? 0)
        if answer.failure != nil { failed += 1 }
    }
}
