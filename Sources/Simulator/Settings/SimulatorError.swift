/// Why the simulator did not start.
package enum SimulatorError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidSetting(name: String, problem: String)
    case unknownFault(String)
    case portInUse(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .invalidSetting(let name, let problem):
            "the setting \(name) \(problem)"
        case .unknownFault(let text):
            "there is no fault '\(text)'; those that exist: "
                + SimulatorFault.allCases.map(\.rawValue).joined(separator: ", ")
        case .portInUse(let host, let port):
            "port \(port) on \(host) is in use by another program: choose another with --port, or 0 for any"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason)"
        }
    }
}
