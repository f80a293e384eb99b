/// Waiting for something to become true, without ever counting on how long it takes.
enum Poll {
    /// Generous: a debug build on a busy machine of two cores.
    static let patience = Duration.seconds(60)

    /// Whatever `look` returns first.
    static func until<Value>(
        _ what: String, within patience: Duration = Poll.patience,
        every interval: Duration = .milliseconds(50),
        seen: () async throws -> String = { "" }, _ look: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + patience
        while true {
            if let value = try await look() { return value }
            guard ContinuousClock.now < deadline else {
                throw Problem("waited \(patience) in vain for: \(what)\n\(try await seen())")
            }
            try await Task.sleep(for: interval)
        }
    }

    static func until(
        _ what: String, within patience: Duration = Poll.patience, seen: () async throws -> String = { "" },
        _ isSo: () async throws -> Bool
    ) async throws {
        try await until(what, within: patience, seen: seen) { try await isSo() ? () : nil }
    }
}
