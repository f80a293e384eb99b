import Measure

/// Our own requests on an endpoint, as far as its server's readings are held against them.
struct OwnRequests: Sendable {
    private var count = 0
    /// The ends of the last ones, in no strict order: event loops deliver in turn.
    private var recent: [Moment] = []
    private var mostRecent = leastKept

    private static let leastKept = 512
    private static let keptFor = 10 * Nanoseconds.second

    /// One has ended, however.
    mutating func end(at moment: Moment) {
        count += 1
        recent.append(moment)
        guard recent.count > mostRecent else { return }
        recent.removeAll { moment - $0 > Self.keptFor }
        mostRecent = max(Self.leastKept, 2 * recent.count)
    }

    /// How many had ended by then: some seconds ago at most.
    func ended(by moment: Moment) -> Int { count - recent.count { $0 > moment } }
}

/// A reading of a server, held against what was ours then.
struct OwnLook: Sendable {
    var at: Moment
    /// Running or waiting there; nil where it isn't said.
    var theirs: Double?
    /// Ours that were out: the most around that time.
    var out = 0
    /// Ours that had ended, and those that had for certain, and perhaps.
    var ended = 0
    var endedEarlier = 0
    var endedLater = 0

    /// How far a page's figures may be off the moment that it is given.
    static let earlier = 250 * Nanoseconds.millisecond
    static let later = 100 * Nanoseconds.millisecond

    mutating func add(_ other: OwnLook) {
        out += other.out
        ended += other.ended
        endedEarlier += other.endedEarlier
        endedLater += other.endedLater
    }
}
