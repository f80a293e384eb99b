import Canvas
import Measure

extension PanelKind {
    static let throughput = PanelKind("throughput", digit: 1)
    static let ttft = PanelKind("TTFT", digit: 2)
    static let tpot = PanelKind("TPOT", digit: 3)
    static let curve = PanelKind("curve", digit: 4)
    static let levels = PanelKind("levels", digit: 5)
    /// What the selected endpoint's server says of itself; only where it does.
    static let server = PanelKind("server", digit: 6)
    static let sweepGPUs = PanelKind("GPUs", digit: 7)
    /// A row each; only where there are several.
    static let endpoints = PanelKind("endpoints", digit: 8)
}

/// What a session has beside the figures of its levels: it is known as the first level begins.
struct SweepParts: Hashable {
    var endpoints = 1
    /// A server's own page is read.
    var hasServers = false
    var gpus = 0
}

extension SweepParts {
    init(_ snapshot: Snapshot) {
        endpoints = snapshot.endpoints.count
        hasServers = snapshot.hasServers
        gpus = snapshot.hasGPUs ? snapshot.watch.gpus?.scrape.count ?? 0 : 0
    }

    /// The panel has something to show.
    func have(_ panel: PanelKind) -> Bool {
        switch panel {
        case .endpoints: endpoints > 1
        case .server: hasServers
        case .sweepGPUs: gpus > 0
        default: true
        }
    }
}

/// Which panel goes where: a pure function of the screen's size and what a session has.
///
/// It doesn't depend on what is measured, so that nothing jumps while a sweep runs.
///
/// **Server and GPUs** are in sight from `columnsForServers` and `rowsForServers` on, side by side, with as many rows as
/// their words and cards take; on smaller screens their keys show them alone.
///
/// **What gives way, as the screen gets lower**, first to last: the message line (its text then takes the
/// footer's place while there is any), the curve, the verdict line, the latency histograms (on a screen
/// narrower than `columnsForThree` only; the throughput panel then carries their percentiles), the
/// endpoint list. Status, throughput, levels and footer are always there. On wide, low screens the curve
/// and the levels stand side by side, so that the curve need not go. Every endpoint has its row as long as
/// that leaves `rowsForOthers`.
///
/// **As it gets narrower**: the three upper panels go from one row to two; after that labels and columns
/// give way inside the panels.
enum SweepLayout {
    static let kinds: [PanelKind] = [
        .status, .verdict, .throughput, .ttft, .tpot, .curve, .levels, .server, .sweepGPUs, .endpoints,
        .message,
        .footer,
    ]

    /// From this width on, throughput, TTFT and TPOT share a row.
    static let columnsForThree = 78
    /// From this width on, the curve and the levels stand side by side on a low screen.
    static let columnsForSideBySide = 170
    static let rowsForStack = 30
    static let columnsForServers = 160
    static let rowsForServers = 50
    /// More of them are in the panel alone.
    private static let mostCards = 8
    /// What the list of endpoints leaves to the lines, the figures and the levels.
    static let rowsForOthers = 14

    /// Empty when the screen is too small.
    static func panels(
        width: Int, height: Int, parts: SweepParts = SweepParts(), maximised: PanelKind? = nil
    ) -> [PanelKind: Rect] {
        guard SmallestScreen.fits(width: width, height: height) else { return [:] }
        let bands =
            if let maximised, maximised.digit != nil {
                Band.alone(maximised)
            } else {
                bands(width: width, height: height, parts)
            }
        return Band.place(bands, width: width, height: height)
    }

    private static func bands(width: Int, height: Int, _ parts: SweepParts) -> [Band] {
        let endpoints = parts.endpoints
        var bands = [
            Band([.status], least: 1, rank: 0),
            Band([.verdict], least: 1, rank: 4),
        ]
        if endpoints > 1 {
            // All in sight, but for what the others can't do without.
            let least = max(4, min(endpoints + 3, height - rowsForOthers))
            bands.append(
                Band(
                    [.endpoints], least: least, weight: 40, limit: max(least, min(endpoints + 3, height / 3)),
                    rank: 2))
        }
        if width >= columnsForThree {
            bands.append(
                Band([.throughput, .ttft, .tpot], shares: [36, 34, 30], least: 4, weight: 9, rank: 0))
        } else {
            bands.append(Band([.throughput], least: 4, weight: 6, limit: 8, rank: 0))
            bands.append(Band([.ttft, .tpot], shares: [1, 1], least: 4, weight: 9, rank: 3))
        }
        if width >= columnsForSideBySide, height < rowsForStack {
            bands.append(Band([.curve, .levels], shares: [4, 6], least: 4, weight: 16, rank: 0))
        } else {
            bands.append(Band([.curve], least: endpoints > 1 ? 6 : 7, weight: 16, rank: 5))
            bands.append(Band([.levels], least: 4, weight: 11, rank: 0))
        }
        if width >= columnsForServers, height >= rowsForServers {
            let kinds = [PanelKind.server, .sweepGPUs].filter(parts.have)
            let rows = max(parts.hasServers ? ServerPanel.lines : 0, min(parts.gpus, mostCards) + 1) + 2
            if !kinds.isEmpty {
                bands.append(Band(kinds, shares: kinds.map { _ in 1 }, least: rows, rank: 1))
            }
        }
        bands.append(Band([.message], least: 1, rank: 6))
        bands.append(Band([.footer], least: 1, rank: 0))
        return bands
    }
}
