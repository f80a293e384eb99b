/// What may stand for itself and for what came shortly before.
package protocol Absorbing {
    var at: Moment { get }
    /// Takes in what came before, which is about to be forgotten.
    mutating func absorb(_ earlier: Self)
}

/// The past in bounded memory: the finer the nearer. What grows old is drawn together, by the element's own rule.
package struct FallingHistory<Element: Absorbing> {
    private var tiers: [(tier: HistoryTier, elements: [Element])]

    /// - Parameter tiers: the nearest first.
    package init(_ tiers: [HistoryTier] = .sixHours) { self.tiers = tiers.map { ($0, []) } }

    package var count: Int { tiers.reduce(0) { $0 + $1.elements.count } }

    package var last: Element? { tiers.lazy.compactMap(\.elements.last).first }

    /// The oldest first.
    package var elements: [Element] { tiers.reversed().flatMap(\.elements) }

    /// Those later than `moment`, the newest first.
    package func newest(after moment: Moment) -> [Element] {
        var newest: [Element] = []
        for (_, elements) in tiers {
            for element in elements.reversed() {
                guard element.at > moment else { return newest }
                newest.append(element)
            }
        }
        return newest
    }

    /// - Parameter element: not older than the last.
    package mutating func append(_ element: Element) {
        place(element, in: 0)
        for index in tiers.indices {
            let tooOld = tiers[index].elements.prefix { element.at - $0.at > tiers[index].tier.upTo }
            guard !tooOld.isEmpty else { break }
            tiers[index].elements.removeFirst(tooOld.count)
            if index + 1 < tiers.count { for old in tooOld { place(old, in: index + 1) } }
        }
    }

    private mutating func place(_ element: Element, in index: Int) {
        let step = tiers[index].tier.step
        var element = element
        if let last = tiers[index].elements.last,
            last.at.nanoseconds / step == element.at.nanoseconds / step
        {
            element.absorb(last)
            tiers[index].elements.removeLast()
        }
        tiers[index].elements.append(element)
    }

    /// The one whose moment is nearest to `moment`; nil when there is none.
    package func nearest(to moment: Moment) -> Element? {
        var best: Element?
        for (_, elements) in tiers {
            for element in elements.reversed() {
                if let best, abs(best.at - moment) <= abs(element.at - moment) { return best }
                best = element
            }
        }
        return best
    }
}

extension FallingHistory: Sendable where Element: Sendable {}

/// Up to which age there is one element in so much time.
package struct HistoryTier: Hashable, Sendable {
    package var step: Nanoseconds
    package var upTo: Nanoseconds

    package init(step: Nanoseconds, upTo: Nanoseconds) {
        self.step = step
        self.upTo = upTo
    }
}

extension [HistoryTier] {
    /// Some five hundred elements in all: enough for a chart of any of the spans that a screen offers.
    package static let sixHours = [
        HistoryTier(step: .second, upTo: 120 * .second),
        HistoryTier(step: 5 * .second, upTo: 900 * .second),
        HistoryTier(step: 30 * .second, upTo: 3_600 * .second),
        HistoryTier(step: 120 * .second, upTo: 21_600 * .second),
    ]
}
