import Dispatch

/// Files are opened, read and written here: the threads that everything else runs on are as few as the machine's
/// cores, and wait for no disk.
package enum FileWork {
    private static let queue = DispatchQueue(label: "plimsoll.files", qos: .utility, attributes: .concurrent)

    package static func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { done in
            queue.async { done.resume(returning: Result { () throws(Failure) in try work() }) }
        }
        return try result.get()
    }
}
