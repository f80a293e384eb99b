/// What the simulator says of itself at `/truth`: the part that is held against plimsoll's figures. Times are
/// nanoseconds on the monotonic clock.
struct Truth: Decodable {
    struct Totals: Decodable {
        var requests: Int
        var finished: Int
        var aborted: Int
        var outputTokens: Int
        var chunks: Int
    }

    struct Request: Decodable {
        var id: String
        var outcome: String
        var outputTokens: Int
        var received: Int64
        var firstMeant: Int64?
        var firstSent: Int64?
        var lastSent: Int64?
        var ended: Int64
    }

    struct Lag: Decodable {
        var p50: Int64
        var p99: Int64
    }

    var totals: Totals
    var connections: Int
    var lag: Lag
    var ceiling: Double?
    var requests: [Request]
}

extension Truth.Request {
    /// As the server gave it: from the request's last byte to the first token's.
    var ttft: Double? { firstSent.map { Double($0 - received) } }
    /// As it was meant to give it.
    var ttftMeant: Double? { firstMeant.map { Double($0 - received) } }

    var tpot: Double? {
        guard let firstSent, let lastSent, outputTokens > 1 else { return nil }
        return Double(lastSent - firstSent) / Double(outputTokens - 1)
    }

    /// Tokens sent between two moments, taking them as evenly spread: they are paced.
    func tokens(from start: Int64, to end: Int64) -> Double {
        guard let firstSent, outputTokens > 0 else { return 0 }
        guard let lastSent, outputTokens > 1, lastSent > firstSent else {
            return firstSent >= start && firstSent < end ? Double(outputTokens) : 0
        }
        let gap = Double(lastSent - firstSent) / Double(outputTokens - 1)
        // Token k is sent at first + k · gap.
        let before = { (moment: Int64) -> Double in
            let index = (Double(moment - firstSent) / gap).rounded(.up)
            return min(max(0, index), Double(self.outputTokens))
        }
        return before(end) - before(start)
    }
}
