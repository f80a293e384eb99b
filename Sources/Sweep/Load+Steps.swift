import Measure

/// How the search goes from one load to the next.
extension Load {
    /// No load of the same kind.
    var nothing: Load {
        switch self {
        case .users: .users(0)
        }
    }

    /// The least of the same kind that is a load at all.
    var smallest: Load {
        switch self {
        case .users: .users(1)
        }
    }

    /// Twice as much, but no more than `most`.
    func doubled(upTo most: Load) -> Load {
        switch (self, most) {
        case (.users(let count), .users(let most)): .users(count > most / 2 ? most : count * 2)
        }
    }

    /// Half-way up to `other`; nil where they lie so close together that nothing between them is worth a level.
    func middle(upTo other: Load) -> Load? {
        switch (self, other) {
        case (.users(let low), .users(let high)):
            let step = high <= Self.exactUpTo ? 1 : max(1, Int(Self.roughStep * Double(low)))
            return high - low > step ? .users(low + (high - low) / 2) : nil
        }
    }

    /// Half-way on a logarithmic axis, strictly between the two; nil where they lie too close together.
    func logarithmicMiddle(upTo other: Load) -> Load? {
        switch (self, other) {
        case (.users(let low), .users(let high)):
            guard Double(high) >= 1.3 * Double(low), high - low > 1 else { return nil }
            let middle = Int((Double(low) * Double(high)).squareRoot().rounded())
            return middle > low && middle < high ? .users(middle) : nil
        }
    }

    /// By hand: so many users more, or fewer.
    func adjusted(byUsers change: Int) -> Load {
        switch self {
        case .users(let count):
            let (sum, overflow) = count.addingReportingOverflow(change)
            if overflow { return .users(change > 0 ? Sweep.mostUsers : 1) }
            return .users(min(max(1, sum), Sweep.mostUsers))
        }
    }

    /// Up to here the load line is found exactly.
    private static let exactUpTo = 256
    /// Above, to this share.
    private static let roughStep = 0.03
}
