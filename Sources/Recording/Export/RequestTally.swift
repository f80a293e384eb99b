import Measure

/// What a request's arrivals add up to, until its record comes.
struct RequestTally {
    /// From here on the median is left out: memory has an end.
    static let mostGaps = 1 << 20

    var endpoint: EndpointID
    /// Tokens by the level in whose window they arrived, as the chunks have them.
    private(set) var windows: [(level: Int, tokens: Int)] = []
    /// Over all arrivals, inside a window or not.
    private(set) var tokens = 0
    private var gapList: [Nanoseconds] = []
    private var gapCount = 0
    private var gapSum = 0.0
    private var longest: Nanoseconds = 0

    init(endpoint: EndpointID) { self.endpoint = endpoint }

    /// True when it is the first in that level's window.
    @discardableResult
    mutating func add(_ arrival: TokenArrival, level: Int?) -> Bool {
        tokens += Int(arrival.tokens)
        var isFirst = false
        if let level {
            if windows.last?.level == level {
                windows[windows.count - 1].tokens += Int(arrival.tokens)
            } else {
                windows.append((level, Int(arrival.tokens)))
                isFirst = true
            }
        }
        guard !arrival.isFirst else { return isFirst }
        gapCount += 1
        gapSum += Double(arrival.gap)
        longest = max(longest, arrival.gap)
        if gapList.count < Self.mostGaps { gapList.append(arrival.gap) }
        return isFirst
    }

    var gaps: RequestRecord.ChunkGaps? {
        guard gapCount > 0 else { return nil }
        return RequestRecord.ChunkGaps(
            mean: gapSum / Double(gapCount), p50: gapCount == gapList.count ? median : nil,
            max: Double(longest))
    }

    mutating func removeWindow(ofLevel level: Int) -> Int? {
        guard let index = windows.firstIndex(where: { $0.level == level }) else { return nil }
        return windows.remove(at: index).tokens
    }

    private var median: Double {
        let sorted = gapList.sorted()
        let middle = sorted.count / 2
        guard sorted.count.isMultiple(of: 2) else { return Double(sorted[middle]) }
        return (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2
    }
}
