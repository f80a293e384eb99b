/// A request that is out: its tokens so far, as its chunks had them.
struct OpenRequest: Sendable {
    private(set) var all: Int32 = 0
    private var inWindow: Int32 = 0
    private var window: UInt32 = 0

    /// - Parameter window: the number of the window to which they belong; nil: to none.
    mutating func add(_ tokens: Int32, window: UInt32?) {
        all &+= tokens
        guard let window else { return }
        if self.window != window {
            self.window = window
            inWindow = 0
        }
        inWindow &+= tokens
    }

    func count(in window: UInt32) -> Int { window == self.window ? Int(inWindow) : 0 }
}
