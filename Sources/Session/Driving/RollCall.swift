import Client
import Measure
import Wire

/// What came of asking a session's endpoints what they are: all at the same time, in the command line's order.
struct RollCall {
    enum Answer {
        case found(DiscoveredEndpoint)
        /// It can't be used: what is known of it, and why.
        case failed(EndpointInfo, DiscoveryError)
    }

    let answers: [Answer]

    /// Those that can be measured.
    var found: [DiscoveredEndpoint] {
        answers.compactMap { if case .found(let endpoint) = $0 { endpoint } else { nil } }
    }

    /// Asks; says on standard error who is asked, and what came of it as it comes.
    static func of(_ request: SessionRequest, _ parts: SessionParts) async throws(CommandFailure) -> RollCall
    {
        for address in request.addresses {
            parts.console.error("plimsoll: asking \(address.hostAndPort) what it is …\n")
        }
        // Of one alone the command's failure says why.
        let isAlone = request.addresses.count == 1
        let answers = await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, address) in request.addresses.enumerated() {
                group.addTask { (index, await ask(address, id: EndpointID(index), request, parts)) }
            }
            var answers: [(Int, Answer)] = []
            for await answer in group {
                if !isAlone || !answer.1.isFailure { parts.console.error(answer.1.line) }
                answers.append(answer)
            }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let roll = RollCall(answers: answers)
        guard roll.found.isEmpty else { return roll }
        guard isAlone, case .failed(_, let error)? = answers.first else {
            throw CommandFailure(
                "none of the \(answers.count) endpoints can be used", .endpointUnusable)
        }
        throw CommandFailure("\(error)", .endpointUnusable)
    }

    private static func ask(
        _ address: EndpointAddress, id: EndpointID, _ request: SessionRequest, _ parts: SessionParts
    ) async -> Answer {
        // Not the session's seed: what a new prompt finds in the prefix cache is the chat template's, and with
        // the same seed twice no prompt would be new.
        var discovery = EndpointDiscovery(
            settings: request.client, inputTokens: request.plan.workload.inputTokens,
            seed: UInt64.random(in: .min ... .max))
        discovery.report = { parts.console.error("plimsoll: \($0)\n") }
        do throws(DiscoveryError) {
            return .found(try await parts.ask(discovery, address, id, request.model))
        } catch {
            let info = EndpointInfo(
                id: id, url: Shown(own: address.origin + address.base(for: ChatCompletions.self)),
                label: address.hostAndPort,
                model: Shown(own: request.model ?? ""), dialect: "")
            return .failed(info, error)
        }
    }
}

extension RollCall.Answer {
    fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }

    fileprivate var line: String {
        switch self {
        case .found(let endpoint): ProbeReport.line(endpoint)
        case .failed(_, let error): "plimsoll: \(error)\n"
        }
    }

    /// A failed one is introduced, too: it keeps its place beside the others.
    func events(at moment: Moment) -> [ControlEvent] {
        switch self {
        case .found(let endpoint): [.endpointFound(endpoint.info, at: moment)]
        case .failed(let info, let error):
            [
                .endpointFound(info, at: moment),
                .endpointFailed(info.id, message: error.reason, at: moment),
            ]
        }
    }
}
