import Measure

/// Our own requests on an endpoint, as far as its server's readings are held against them: how many had ended by some
/// moment of the last seconds. In constant memory, whatever the load.
struct OwnRequests: Sendable {
    private static let binLength = 10 * Nanoseconds.millisecond
    private static let binCount = 512

    private var count = 0
    /// How many ended in each of the last bins, by its number modulo how many there are.
    private var bins = [Int](repeating: 0, count: binCount)
    private var newest: Int64 = 0

    /// One has ended, however.
    mutating func end(at moment: Moment) {
        count += 1
        let bin = moment.nanoseconds / Self.binLength
        if bin > newest {
            for number in max(newest + 1, bin - Int64(Self.binCount) + 1)...bin {
                bins[Self.place(number)] = 0
            }
            newest = bin
        }
        // Event loops deliver in turn; what is older than that isn't asked for.
        if bin >= 0, newest - bin < Int64(Self.binCount) { bins[Self.place(bin)] += 1 }
    }

    func ended(by moment: Moment) -> Int {
        let bin = max(moment.nanoseconds / Self.binLength, newest - Int64(Self.binCount))
        guard bin < newest else { return count }
        return (bin + 1...newest).reduce(count) { $0 - bins[Self.place($1)] }
    }

    /// A moment before the clock's zero has one, too.
    private static func place(_ bin: Int64) -> Int {
        let rest = Int(bin % Int64(binCount))
        return rest < 0 ? rest + binCount : rest
    }
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
