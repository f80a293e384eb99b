import Canvas
import Charts

/// Which panel goes where: a pure function of the screen's size and the number of endpoints.
///
/// It doesn't depend on what is measured, so that nothing jumps while a sweep runs.
///
/// **What gives way, as the screen gets lower**, first to last: the message line (its text then takes the
/// footer's place while there is any), the curve, the verdict line, the latency histograms (on a screen
/// narrower than `columnsForThree` only; the throughput panel then carries their percentiles), the
/// endpoint list. Status, throughput, levels and footer are always there. On wide, low screens the curve
/// and the levels stand side by side, so that the curve need not go.
///
/// **As it gets narrower**: the three upper panels go from one row to two; after that labels and columns
/// give way inside the panels.
public enum Layout {
    public static let smallestWidth = 40
    public static let smallestHeight = 10
    /// From this width on, throughput, TTFT and TPOT share a row.
    static let columnsForThree = 78
    /// From this width on, the curve and the levels stand side by side on a low screen.
    static let columnsForSideBySide = 170
    static let rowsForStack = 30

    public static func fits(width: Int, height: Int) -> Bool {
        width >= smallestWidth && height >= smallestHeight
    }

    /// Empty when the screen is too small.
    public static func panels(
        width: Int, height: Int, endpoints: Int = 1, maximised: PanelKind? = nil
    ) -> [PanelKind: Rect] {
        guard fits(width: width, height: height) else { return [:] }
        var bands =
            if let maximised, maximised.digit != nil {
                maximisedBands(maximised, height: height)
            } else {
                bands(width: width, height: height, endpoints: endpoints)
            }
        let spare = Layout.choose(&bands, rows: height)
        deal(spare, to: &bands)
        return place(bands, width: width)
    }
}

/// Panels side by side, over the whole width.
struct Band {
    var panels: [PanelKind]
    /// Shares of the width, one a panel.
    var shares: [Int]
    var height: Int
    /// It grows in proportion to this, up to `limit`.
    var weight: Int
    var limit: Int
    /// The lowest goes last.
    var rank: Int

    init(
        _ panels: [PanelKind], shares: [Int] = [1], least height: Int, weight: Int = 0, limit: Int? = nil,
        rank: Int
    ) {
        self.panels = panels
        self.shares = shares
        self.height = height
        self.weight = weight
        self.limit = limit ?? (weight == 0 ? height : .max)
        self.rank = rank
    }
}

extension Layout {
    private static func maximisedBands(_ panel: PanelKind, height: Int) -> [Band] {
        [
            Band([.status], least: 1, rank: 0),
            Band([.verdict], least: 1, rank: 2),
            Band([panel], least: 7, weight: 1, rank: 0),
            Band([.message], least: 1, rank: 1),
            Band([.footer], least: 1, rank: 0),
        ]
    }

    private static func bands(width: Int, height: Int, endpoints: Int) -> [Band] {
        var bands = [
            Band([.status], least: 1, rank: 0),
            Band([.verdict], least: 1, rank: 4),
        ]
        if endpoints > 1 {
            bands.append(
                Band(
                    [.endpoints], least: 4, weight: 40, limit: max(4, min(endpoints + 3, height / 3)), rank: 2
                ))
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
            bands.append(Band([.curve], least: 7, weight: 16, rank: 5))
            bands.append(Band([.levels], least: 4, weight: 11, rank: 0))
        }
        bands.append(Band([.message], least: 1, rank: 6))
        bands.append(Band([.footer], least: 1, rank: 0))
        return bands
    }

    /// Takes away what doesn't fit; the number of rows that are left to deal out.
    private static func choose(_ bands: inout [Band], rows: Int) -> Int {
        var needed = bands.reduce(0) { $0 + $1.height }
        for rank in stride(from: bands.map(\.rank).max() ?? 0, to: 0, by: -1) where needed > rows {
            bands.removeAll { $0.rank == rank }
            needed = bands.reduce(0) { $0 + $1.height }
        }
        return max(0, rows - needed)
    }

    /// Each row goes to the band that is furthest behind its share.
    private static func deal(_ rows: Int, to bands: inout [Band]) {
        for _ in 0..<rows {
            let growing = bands.indices.filter { bands[$0].height < bands[$0].limit }
            let next = growing.min { left, right in
                (bands[left].height + 1) * bands[right].weight < (bands[right].height + 1)
                    * bands[left].weight
            }
            guard let next else { return }
            bands[next].height += 1
        }
    }

    private static func place(_ bands: [Band], width: Int) -> [PanelKind: Rect] {
        var result: [PanelKind: Rect] = [:]
        var y = 0
        for band in bands {
            let total = band.shares.reduce(0, +)
            var x = 0
            var share = 0
            for (index, panel) in band.panels.enumerated() {
                share += band.shares[index]
                let end = width * share / total
                result[panel] = Rect(x: x, y: y, width: end - x, height: band.height)
                x = end
            }
            y += band.height
        }
        return result
    }
}
