import System

/// Counts in fixed logarithmic buckets, for drawing: ten microseconds to a thousand seconds, forty
/// buckets a decade (each 5.9 % wide), and one overflow bin at either end.
///
/// The buckets never move, so that charts of two endpoints or of two levels can be laid over each other.
package struct LogBins: Hashable, Sendable, Codable {
    package static let perDecade = 40
    package static let decades = 8
    package static let lowest: Nanoseconds = 10 * .microsecond
    package static let count = perDecade * decades

    /// `count` buckets.
    public private(set) var counts: [UInt32]
    public private(set) var underflow: UInt32
    public private(set) var overflow: UInt32

    package init() {
        counts = Array(repeating: 0, count: Self.count)
        underflow = 0
        overflow = 0
    }

    package mutating func add(_ value: Nanoseconds, count: UInt32 = 1) {
        guard value >= Self.lowest else {
            underflow &+= count
            return
        }
        let index = Int(Self.position(of: Double(value)))
        if index < counts.count { counts[index] &+= count } else { overflow &+= count }
    }

    package mutating func add(_ other: LogBins) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        underflow &+= other.underflow
        overflow &+= other.overflow
    }

    /// A value's place on the axis, in buckets from the left; fractional.
    package static func position(of nanoseconds: Double) -> Double {
        guard nanoseconds > 0 else { return 0 }
        return max(0, log10(nanoseconds / Double(lowest)) * Double(perDecade))
    }

    /// What lies at a place on the axis, in nanoseconds.
    package static func value(at position: Double) -> Double {
        Double(lowest) * pow(10, position / Double(perDecade))
    }

    /// The lower bound of bucket `index`, in nanoseconds.
    package static func lowerBound(of index: Int) -> Double { value(at: Double(index)) }

    package var total: Int {
        counts.reduce(Int(underflow) + Int(overflow)) { $0 + Int($1) }
    }
}
