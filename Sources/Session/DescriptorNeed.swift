import Client
import Measure
import System

/// Whether there are file descriptors enough: one for each user, and some for everything else.
struct DescriptorNeed {
    /// What this process may have open.
    var limit: Int
    var endpoints: Int
    /// The demo's server is in the same process.
    var perUser = 1

    /// The recording, the event loops, pages of metrics, libraries.
    static let others = 64

    func files(users: Int) -> Int {
        let (connections, overflow) = users.multipliedReportingOverflow(by: endpoints * perUser)
        return overflow ? .max : connections.addingReportingOverflow(Self.others).partialValue
    }

    private var mostUsers: Int { (limit - Self.others) / max(1, endpoints * perUser) }

    /// A plan that fits, and a word where that is not what was asked for.
    func fit(_ plan: SweepPlan) throws(CommandFailure) -> (plan: SweepPlan, note: String?) {
        switch plan.levels {
        case .list(let levels):
            let most = levels.max() ?? 1
            guard most > mostUsers else { return (plan, nil) }
            throw tooMany(most)
        case .automatic(let most):
            guard most > mostUsers else { return (plan, nil) }
            guard mostUsers >= 1 else { throw tooMany(1) }
            var fitting = plan
            fitting.levels = .automatic(limit: mostUsers)
            return (
                fitting,
                "no more than \(mostUsers) users: this process may have \(limit) files open; "
                    + "ulimit -n \(files(users: most)) allows for \(most)"
            )
        }
    }

    private func tooMany(_ users: Int) -> CommandFailure {
        let place = endpoints == 1 ? "" : ", at each of \(endpoints) endpoints,"
        return CommandFailure(
            "\(users) user\(users == 1 ? " needs" : "s need")\(place) \(files(users: users)) open files, "
                + "and this process may have \(limit): "
                + "raise the limit with ulimit -n \(files(users: users))", .wrongUsage)
    }
}

extension SessionRequest {
    /// With as much load as there are file descriptors for; says so where that is less than was asked for.
    package func fittingDescriptors(
        perUser: Int = 1, console: any Console
    ) throws(CommandFailure) -> SessionRequest {
        let need = DescriptorNeed(
            limit: OpenFiles.raiseLimit(), endpoints: addresses.count, perUser: perUser)
        var request = self
        let note: String?
        (request.plan.sweep, note) = try need.fit(plan.sweep)
        if let note { console.complain(note) }
        return request
    }
}
