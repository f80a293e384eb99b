import Dispatch

/// A value that may only be used on one serial queue.
// @unchecked: `value` checks that it runs on the queue, so that no two threads ever hold it at once.
struct QueueBound<Value>: @unchecked Sendable {
    private let guarded: Value
    private let queue: DispatchQueue

    init(_ value: sending Value, _ queue: DispatchQueue) {
        guarded = value
        self.queue = queue
    }

    var value: Value {
        dispatchPrecondition(condition: .onQueue(queue))
        return guarded
    }
}
