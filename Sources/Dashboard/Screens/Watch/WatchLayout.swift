import Canvas
import Measure

extension PanelKind {
    static let servers = PanelKind("endpoints", digit: 1)
    static let load = PanelKind("load", digit: 2)
    /// The time to the first token, as a heat map over time.
    static let firstHeat = PanelKind("TTFT over time", digit: 3)
    /// The time a token takes; or, while one is looked at, the budget's limit that is about neither.
    static let secondHeat = PanelKind("TPOT over time", digit: 4)
    static let gpus = PanelKind("GPUs", digit: 5)
    static let events = PanelKind("events", digit: 6)
    /// One line: what the selected endpoint's figures come to.
    static let serverLine = PanelKind("selected endpoint")
    /// One endpoint in full.
    static let full = PanelKind("endpoint in full")
}

/// Which panel goes where: a pure function of the screen's size and of how many servers, engines and GPUs there are.
///
/// **What gives way, as the screen gets lower**, first to last: the message line, the events, the GPUs, the selected
/// endpoint's line, the charts, the verdict line. That is the order of reading, from its end. Status, endpoints and
/// footer are always there.
///
/// **As it gets narrower**: of the three charts the TPOT's goes first, then the TTFT's; after that columns give way inside
/// the panels.
struct WatchLayout {
    /// Rows of the table of endpoints: servers, their engines, the total; 0 while there are none.
    var rows: Int
    var gpus: Int?
    /// They are in several machines.
    var namesHosts = false
    var alone: PanelKind?
    var isOpen: Bool

    static let kinds: [PanelKind] = [.servers, .load, .firstHeat, .secondHeat, .gpus, .events]

    /// From this width on, load, TTFT and TPOT share a row.
    static let columnsForThree = 100
    /// From this width on, TTFT and load do.
    static let columnsForTwo = 70
    /// Lower than this, the endpoints have all that the lines leave.
    static let rowsForPanels = 16

    init(_ watch: WatchSnapshot, alone: PanelKind?, isOpen: Bool) {
        let engines = watch.servers.reduce(0) { $0 + ($1.engines.count > 1 ? $1.engines.count : 0) }
        let total = watch.servers.count > 1 ? 1 : 0
        rows = watch.servers.count + engines + total
        // Those that don't answer have a line for it.
        gpus = watch.gpus.map { gpus in
            max(
                1, gpus.scrape.count + (gpus.sources.count > 1 ? gpus.sources.count { $0.trouble != nil } : 0)
            )
        }
        namesHosts = watch.gpus?.scrape.areOfSeveralHosts ?? false
        self.alone = alone
        self.isOpen = isOpen
    }

    /// Empty when the screen is too small.
    func panels(width: Int, height: Int) -> [PanelKind: Rect] {
        guard SmallestScreen.fits(width: width, height: height) else { return [:] }
        if let alone, alone.digit != nil {
            return Band.place(Band.alone(alone), width: width, height: height)
        }
        if isOpen { return Band.place(Band.alone(.full), width: width, height: height) }
        return Band.place(bands(width: width, height: height), width: width, height: height)
    }

    private func bands(width: Int, height: Int) -> [Band] {
        // Frame and header, and a third of the screen at most before others have what they need.
        let wanted = rows + 3
        let least = max(4, min(wanted, height / 3))
        let isAlone = height < Self.rowsForPanels || rows == 0
        var bands = [
            Band([.status], least: 1, rank: 0),
            Band([.verdict], least: 1, rank: 2),
            Band(
                [.servers], least: least, weight: 12,
                limit: isAlone ? nil : max(least, min(wanted, height / 2)),
                rank: 0),
        ]
        if rows == 0 {
            // Nothing to draw charts of.
        } else if width >= Self.columnsForThree {
            bands.append(
                Band([.load, .firstHeat, .secondHeat], shares: [1, 1, 1], least: 6, weight: 20, rank: 3))
        } else if width >= Self.columnsForTwo {
            bands.append(Band([.firstHeat, .load], shares: [1, 1], least: 6, weight: 20, rank: 3))
        } else {
            bands.append(Band([.load], least: 6, weight: 20, rank: 3))
        }
        if let gpus {
            // A table, where that leaves three quarters to the others; else several share a line.
            let table = gpus + 3
            let short = GPURow.shortLines(of: gpus, width: width - 2, withHost: namesHosts) + 2
            bands.append(Band([.gpus], least: table <= height / 4 ? table : min(short, 8), rank: 5))
        }
        bands += [
            Band([.events], least: 2, weight: 12, limit: max(4, height / 4), rank: 6),
            Band([.serverLine], least: 1, rank: 4),
            Band([.message], least: 1, rank: 7),
            Band([.footer], least: 1, rank: 0),
        ]
        return bands
    }
}
