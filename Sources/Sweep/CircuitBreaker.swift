import Measure

/// When to stop sending requests to an endpoint that does not serve them.
struct CircuitBreaker: Hashable, Sendable {
    /// Failed over finished requests.
    var errorLimit: Double

    /// So improbable must as many failures be at an error rate that is just allowed.
    static let risk = 0.001

    /// Opens when so many failed of those that finished as hardly can by chance, or when not one of the first
    /// five (or of the first request of every user, if they are more) went well.
    func opens(completed: Int, failed: Int, users: Int) -> Bool {
        guard failed > 0 else { return false }
        let (finished, overflow) = max(0, completed).addingReportingOverflow(failed)
        guard !overflow else { return false }
        if completed <= 0, finished >= max(5, users) { return true }
        return IncompleteBeta.atLeast(Double(failed), of: Double(finished), share: errorLimit) < Self.risk
    }
}
