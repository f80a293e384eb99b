import Measure

/// A request that is out: its tokens so far, as its chunks had them, and how these came.
struct OpenRequest: Sendable {
    private(set) var all = 0
    private(set) var pattern = ArrivalPattern()
    private var inWindow = 0
    private var window: UInt32 = 0

    /// - Parameter window: the number of the window to which it belongs; nil: to none.
    mutating func add(_ arrival: TokenArrival, window: UInt32?) {
        let tokens = Int(arrival.tokens)
        // No more than 65,535 a chunk: nothing overflows.
        all &+= tokens
        pattern.add(gap: arrival.gap)
        guard let window else { return }
        if self.window != window {
            self.window = window
            inWindow = 0
        }
        inWindow &+= tokens
    }

    func count(in window: UInt32) -> Int { window == self.window ? inWindow : 0 }
}
