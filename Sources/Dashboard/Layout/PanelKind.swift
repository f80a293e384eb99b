/// The parts of the screen.
public enum PanelKind: Hashable, Sendable, CaseIterable {
    /// One line: what runs, how far it is, for how long, and whether it's being recorded.
    case status
    /// One line: budget, load line, plateau.
    case verdict
    case throughput
    case ttft
    case tpot
    case curve
    case levels
    /// A row each; only where there are several.
    case endpoints
    /// One line: what went wrong or was just done, else the instrument's own health.
    case message
    /// One line: the keys.
    case footer

    /// The digit that maximises it.
    public var digit: Int? {
        switch self {
        case .throughput: 1
        case .ttft: 2
        case .tpot: 3
        case .curve: 4
        case .levels: 5
        case .endpoints: 6
        case .status, .verdict, .message, .footer: nil
        }
    }

    init?(digit: Int) {
        guard let kind = Self.allCases.first(where: { $0.digit == digit }) else { return nil }
        self = kind
    }
}
