import Measure

/// The last two minutes and a bit of an endpoint's life in bins of 100 ms, in constant memory.
struct Timeline: Sendable {
    static let binLength = 100 * Nanoseconds.millisecond
    static let binsPerSecond = 10
    /// What is shown of it, and what is kept.
    private static let shownSeconds = 120
    private static let seconds = shownSeconds + 4

    private let origin: Moment
    private var bins: [HistoryBin] = []
    /// The number, from `origin`, of `bins[0]`.
    private var firstIndex = 0

    init(origin: Moment) { self.origin = origin }

    mutating func addTokens(_ tokens: Int, at moment: Moment) {
        edit(at: moment) { $0.tokens += Double(tokens) }
    }

    mutating func addRequest(failed: Bool, at moment: Moment) {
        edit(at: moment) { if failed { $0.failed += 1 } else { $0.completed += 1 } }
    }

    mutating func set(inFlight: Int, waiting: Int, at moment: Moment) {
        edit(at: moment) {
            $0.inFlight = inFlight
            $0.waiting = waiting
        }
    }

    /// The complete seconds before `now`, oldest first.
    func secondBins(before now: Moment) -> [HistoryBin] {
        let lastSecond = index(of: now) / Self.binsPerSecond
        let firstSecond = (firstIndex + Self.binsPerSecond - 1) / Self.binsPerSecond
        guard !bins.isEmpty, lastSecond > firstSecond else { return [] }
        return (max(firstSecond, lastSecond - Self.shownSeconds)..<lastSecond).map { second in
            var sum = HistoryBin()
            for part in 0..<Self.binsPerSecond {
                let place = second * Self.binsPerSecond + part - firstIndex
                guard bins.indices.contains(place) else { continue }
                let bin = bins[place]
                sum.tokens += bin.tokens
                sum.completed += bin.completed
                sum.failed += bin.failed
                if bin.inFlight > 0 || bin.waiting > 0 || part == Self.binsPerSecond - 1 {
                    sum.inFlight = bin.inFlight
                    sum.waiting = bin.waiting
                }
            }
            return sum
        }
    }

    /// Tokens and finished requests a second over the two seconds before `now`, or over as much as there is.
    func rates(before now: Moment) -> (tokens: Double, requests: Double) {
        let end = index(of: now)
        let start = max(0, end - 2 * Self.binsPerSecond)
        guard end > start else { return (0, 0) }
        var tokens = 0.0
        var requests = 0
        for number in start..<end where bins.indices.contains(number - firstIndex) {
            let bin = bins[number - firstIndex]
            tokens += bin.tokens
            requests += bin.completed
        }
        let seconds = Double(end - start) / Double(Self.binsPerSecond)
        return (tokens / seconds, Double(requests) / seconds)
    }

    /// The most that was out between the two; nil where nothing of that time is known.
    func mostInFlight(from start: Moment, to end: Moment) -> Int? {
        let first = max(index(of: start) - firstIndex, 0)
        let last = min(index(of: end) - firstIndex, bins.count - 1)
        return first <= last ? bins[first...last].lazy.map(\.inFlight).max() : bins.last?.inFlight
    }

    private func index(of moment: Moment) -> Int { Int(max(0, moment - origin) / Self.binLength) }

    private mutating func edit(at moment: Moment, _ change: (inout HistoryBin) -> Void) {
        let index = index(of: moment)
        if bins.isEmpty { firstIndex = index }
        guard index >= firstIndex else { return }
        let keep = Self.seconds * Self.binsPerSecond
        if index - firstIndex >= bins.count + keep {
            // A long silence: nothing of what there was is within reach.
            bins = []
            firstIndex = index
        }
        while bins.count <= index - firstIndex {
            var bin = HistoryBin()
            bin.inFlight = bins.last?.inFlight ?? 0
            bin.waiting = bins.last?.waiting ?? 0
            bins.append(bin)
        }
        change(&bins[index - firstIndex])
        if bins.count > 2 * keep {
            bins.removeFirst(bins.count - keep)
            firstIndex = index - keep + 1
        }
    }
}
