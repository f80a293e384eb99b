/// Lets one in at a time, in the order of coming.
actor Turnstile {
    private var isTaken = false
    private var queue: [CheckedContinuation<Void, Never>] = []

    func pass<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        if isTaken { await withCheckedContinuation { queue.append($0) } }
        isTaken = true
        defer {
            // The next one takes it over at once: nobody slips in between.
            if queue.isEmpty { isTaken = false } else { queue.removeFirst().resume() }
        }
        return await body()
    }
}
