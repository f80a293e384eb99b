import Measure

/// What is being looked at, and how: all that keys change on the screen itself.
struct ViewState: Sendable {
    /// An index into the snapshot's endpoints; may be past the end when they are fewer by now.
    var endpoint = 0
    /// The finished level whose figures are shown; nil: the live one.
    var level: LevelChoice?
    var maximised: PanelKind?
    /// nil: what the budget is about.
    var axis: CurveAxis?
    var filter = ""
    var prompt: Prompt?
    var help: HelpPage?
    /// Lines scrolled off the help's top.
    var helpScroll = 0
    var notice: Notice?

    /// There's something for Esc to step back from.
    var canGoBack: Bool { help != nil || maximised != nil || level != nil || !filter.isEmpty }

    /// A level by its place among an endpoint's finished ones.
    struct LevelChoice: Hashable, Sendable {
        var endpoint: EndpointID
        var index: Int
    }

    /// Something in the footer that takes every key until it's answered.
    enum Prompt: Hashable, Sendable {
        case quit
        case note(LineEditor)
        case filter(LineEditor)
    }

    enum HelpPage: Int, Hashable, Sendable, CaseIterable {
        case keys, words

        var next: HelpPage { self == .keys ? .words : .keys }
    }
}

/// Which latency the curve shows over throughput.
enum CurveAxis: Hashable, Sendable, CaseIterable {
    case endToEnd, ttft, tpot

    /// The first that the budget limits, so that its line is on the curve; E2E without any.
    init(for budget: LatencyBudget?) {
        self = Self.allCases.first { $0.limit(in: budget) != nil } ?? .endToEnd
    }

    var next: CurveAxis {
        switch self {
        case .endToEnd: .ttft
        case .ttft: .tpot
        case .tpot: .endToEnd
        }
    }

    var name: String {
        switch self {
        case .endToEnd: "E2E"
        case .ttft: "TTFT"
        case .tpot: "TPOT"
        }
    }

    func distribution(of level: LevelResult) -> Distribution {
        switch self {
        case .endToEnd: level.e2e
        case .ttft: level.ttft
        case .tpot: level.tpot
        }
    }

    /// The budget's limit on this figure's p95, in nanoseconds.
    func limit(in budget: LatencyBudget?) -> Double? {
        budget?.limits.first { limit in
            switch (self, limit.metric) {
            case (.endToEnd, .e2e(.percentile(.p95))), (.ttft, .ttft(.percentile(.p95))),
                (.tpot, .tpot(.percentile(.p95))):
                true
            default: false
            }
        }?.below
    }
}
