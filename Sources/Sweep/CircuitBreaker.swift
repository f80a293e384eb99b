/// When to stop sending requests to an endpoint that does not serve them.
struct CircuitBreaker: Hashable, Sendable {
    /// Failed over finished requests.
    var errorLimit: Double

    /// The error rate means nothing for fewer finished requests than this.
    static let fewest = 20

    /// Opens when more than the limit failed of at least 20, or when not one of the first five (or of the
    /// first request of every user, if they are more) went well.
    func opens(completed: Int, failed: Int, users: Int) -> Bool {
        guard failed > 0 else { return false }
        let (finished, overflow) = max(0, completed).addingReportingOverflow(failed)
        guard !overflow else { return false }
        if finished >= Self.fewest, Double(failed) > errorLimit * Double(finished) { return true }
        return completed <= 0 && finished >= max(5, users)
    }
}
