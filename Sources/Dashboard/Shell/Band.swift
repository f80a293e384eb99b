import Canvas

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

extension Band {
    /// One panel with the shell's lines around it.
    static func alone(_ panel: PanelKind) -> [Band] {
        [
            Band([.status], least: 1, rank: 0),
            Band([.verdict], least: 1, rank: 2),
            Band([panel], least: 7, weight: 1, rank: 0),
            Band([.message], least: 1, rank: 1),
            Band([.footer], least: 1, rank: 0),
        ]
    }

    /// Where the panels of these bands stand: the lowest ranks go until the rest fits, and what rows are left is
    /// dealt out by weight.
    static func place(_ bands: [Band], width: Int, height: Int) -> [PanelKind: Rect] {
        var bands = bands
        let spare = choose(&bands, rows: height)
        deal(spare, to: &bands)
        return place(bands, width: width)
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
