/// What others ask of a server beside this program. Each is nil where it can't be told, and 0 or more.
package struct ForeignLoad: Hashable, Sendable, Codable {
    /// Their requests that end, a second.
    package var requestsPerSecond: Double?
    /// Their requests at a time.
    package var requestsOut: Double?
    package var tokensPerSecond: Double?

    package init(
        requestsPerSecond: Double? = nil, requestsOut: Double? = nil, tokensPerSecond: Double? = nil
    ) {
        self.requestsPerSecond = requestsPerSecond
        self.requestsOut = requestsOut
        self.tokensPerSecond = tokensPerSecond
    }

    /// A server on which nothing of ours is under way: whatever it does is for others.
    ///
    /// - Parameter figures: between two of its readings.
    package init?(idle figures: ServerFigures) {
        let running = figures.running
        let out = running == nil && figures.waiting == nil ? nil : (running ?? 0) + (figures.waiting ?? 0)
        let rates = [figures.requestsPerSecond, figures.generationTokensPerSecond, out]
        guard rates.contains(where: { $0 ?? 0 > 0 }) else { return nil }
        self.init(
            requestsPerSecond: figures.requestsPerSecond, requestsOut: out,
            tokensPerSecond: figures.generationTokensPerSecond)
    }

    /// "3.2 req/s", or in what else it shows.
    package var words: String {
        if let requestsPerSecond, requestsPerSecond > 0 { return "\(Self.text(requestsPerSecond)) req/s" }
        if let requestsOut, requestsOut > 0 { return "\(Self.text(requestsOut)) out" }
        return "\(Self.text(tokensPerSecond ?? 0)) tok/s"
    }

    /// "12 running, 3.1 requests/s": said before there is a load.
    package var sentence: String {
        var parts: [String] = []
        if let requestsOut { parts.append("\(Self.text(requestsOut)) running") }
        if let requestsPerSecond { parts.append("\(Self.text(requestsPerSecond)) requests/s") }
        if requestsPerSecond ?? 0 == 0, let tokensPerSecond, tokensPerSecond > 0 {
            parts.append("\(Self.text(tokensPerSecond)) tokens/s")
        }
        return "others are using this server: \(parts.joined(separator: ", ")); figures will be too low"
    }

    /// Two digits say enough of it.
    private static func text(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        guard tenths.isFinite, tenths < 1e9 else { return "\(value)" }
        return tenths >= 10 || tenths == tenths.rounded() ? "\(Int(tenths.rounded()))" : "\(tenths)"
    }
}

/// What a server did over a span, and what of it was ours: whether others used it meanwhile.
///
/// Only a surplus counts: behind a balancer a page may be of one of several servers. What may have been counted on
/// either side of a reading is ours.
package struct ForeignEvidence: Hashable, Sendable {
    /// What was counted between two readings: there, ours, and ours at most, with what may lie on either side of them.
    package struct Count: Hashable, Sendable {
        package var theirs: Double
        package var ours: Double
        package var oursAtMost: Double

        package init(theirs: Double, ours: Double, oursAtMost: Double) {
            self.theirs = theirs
            self.ours = ours
            self.oursAtMost = oursAtMost
        }
    }

    package var looks: ForeignLooks
    /// Requests that ended for any reason, cancelled ones too.
    package var ended: Count?
    /// Where the server counts them as they come, and ours are of its own counting.
    package var tokens: Count?
    package var seconds: Double

    package init(
        looks: ForeignLooks = ForeignLooks(), ended: Count? = nil, tokens: Count? = nil, seconds: Double
    ) {
        self.looks = looks
        self.ended = ended
        self.tokens = tokens
        self.seconds = seconds
    }

    static let share = 0.05
    private static let leastEnded = 2.0

    /// nil where all may have been ours.
    package var load: ForeignLoad? {
        guard seconds > 0,
            looks.tell || isSurplus(ended, least: Self.leastEnded) || isSurplus(tokens, least: 0)
        else { return nil }
        func rate(_ count: Count?) -> Double? { count.map { max(0, $0.theirs - $0.ours) / seconds } }
        return ForeignLoad(
            requestsPerSecond: rate(ended), requestsOut: looks.surplus.map { max(0, $0) },
            tokensPerSecond: rate(tokens))
    }

    private func isSurplus(_ count: Count?, least: Double) -> Bool {
        guard let count else { return false }
        return count.theirs - count.oursAtMost > max(least, Self.share * count.ours)
    }
}

/// Requests at one reading after another: running or waiting there, and ours that were out then.
package struct ForeignLooks: Hashable, Sendable {
    private var count = 0
    private var theirs = 0.0
    private var ours = 0.0
    /// In how many of them there was more than ours.
    private var above = 0

    package init() {}

    private static let fewest = 3
    private static let least = 0.5

    package mutating func add(theirs: Double, ours: Double) {
        count += 1
        self.theirs += theirs
        self.ours += ours
        if theirs - ours > Self.limit(ours) { above += 1 }
    }

    private static func limit(_ ours: Double) -> Double { max(least, ForeignEvidence.share * ours) }

    /// On average; nil where there are too few to tell.
    var surplus: Double? { count >= Self.fewest ? (theirs - ours) / Double(count) : nil }

    /// On average, and in most of them: a request that comes or goes at a reading is none of others.
    var tell: Bool {
        guard let surplus else { return false }
        return surplus > Self.limit(ours / Double(count)) && 2 * above > count
    }
}
