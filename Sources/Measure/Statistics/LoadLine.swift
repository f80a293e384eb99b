/// The largest load at which the latency budget holds.
package struct LoadLine: Hashable, Sendable {
    /// The largest that is certain to hold; where the budget is undecided beyond it, the largest that seems to.
    package var load: Load
    /// Tokens/s at that load.
    package var throughput: Double
    /// The first load seen that broke the budget; nil when none did.
    package var brokenAt: Load?
    /// The largest load that is certain to hold; nil where none is.
    package var heldAt: Load?
    /// Nothing beyond `load` was seen to be too much: the line lies there or further out.
    package var isOpen: Bool

    package init(load: Load, throughput: Double, brokenAt: Load?, heldAt: Load? = nil, isOpen: Bool? = nil) {
        self.load = load
        self.throughput = throughput
        self.brokenAt = brokenAt
        self.heldAt = heldAt
        self.isOpen = isOpen ?? (brokenAt == nil)
    }
}

/// The loads of which the budget can't be told, between those that held and those that broke.
package struct LoadDoubt: Hashable, Sendable {
    package var from: Load
    package var upTo: Load
    /// What leaves it open: of the undecided limits the one that has the fewest samples.
    package var finding: LimitFinding?
    /// With this dwell it would be decided, if things go on as they went.
    package var dwell: Nanoseconds?
}
