import Charts
import Measure

/// What somebody claims for a class of endpoints, to hold the figures against. Claims found in the field,
/// not measurements: the screen calls them so.
package enum ReferenceBand: String, Sendable, Hashable, CaseIterable {
    /// A 7B model in FP16 on an own GPU server.
    case own7b = "own-7b"
    /// A 70B model in FP16 on an own GPU server.
    case own70b = "own-70b"
    /// A shared cloud endpoint in busy hours.
    case sharedCloud = "shared-cloud"

    /// Tokens a second that one user sees.
    package var perUser: ClosedRange<Double> {
        switch self {
        case .own7b: 35...50
        case .own70b: 8...15
        case .sharedCloud: 5...20
        }
    }

    /// Nanoseconds.
    package var ttft: ClosedRange<Double> {
        switch self {
        case .own7b, .own70b: 400e6...900e6
        case .sharedCloud: 1.5e9...4e9
        }
    }

    /// Short enough to stand under a gauge.
    var name: String {
        switch self {
        case .own7b, .own70b: rawValue
        case .sharedCloud: "cloud"
        }
    }

    /// "35–50" and "400–900 ms".
    var perUserText: String { "\(Format.count(perUser.lowerBound))–\(Format.count(perUser.upperBound))" }

    var ttftText: String {
        switch self {
        case .own7b, .own70b: "400–900 ms"
        case .sharedCloud: "1.5–4 s"
        }
    }
}
