import Measure
import Testing

@testable import Canvas
@testable import Charts

@Suite struct HeatMapTests {
    /// A server's own buckets, as vLLM has them for TTFT.
    private static let bounds: [Double] = [
        0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, .infinity,
    ]
    .map { $0 * 1e9 }

    /// A queue that grows: answers wander from the third bucket to the tenth.
    private static func columns(_ count: Int, from start: Int = 0) -> [HeatMap.Column?] {
        (start..<start + count).map { second in
            guard second != 7 else { return nil }
            let centre = 2 + Double(second) / 5
            let counts = bounds.indices.map { row in
                (40 * max(0, 1 - abs(Double(row) - centre) / 2.2)).rounded()
            }
            let p50 = bounds[min(10, Int(centre))] * 0.9
            return HeatMap.Column(counts: counts, p50: p50, p95: min(4e9, p50 * 2.5))
        }
    }

    private func map(_ columns: [HeatMap.Column?]) -> HeatMap {
        HeatMap(
            bounds: Self.bounds, columns: columns, axis: .time(from: "-30 s", to: "now"),
            limits: [HistogramMarker("budget 900 ms", 0.9e9)], rows: 1..<11)
    }

    private func picture(_ map: HeatMap, _ glyphs: GlyphSet, width: Int = 44, height: Int = 11) -> Canvas {
        drawn(width, height, glyphs) { canvas, rect in map.draw(on: &canvas, in: rect) }
    }

    @Test func braille() {
        expectPicture(
            picture(map(Self.columns(30)), .braille),
            """
               5s          ─ p50  ━ p95  ┄ budget 900 ms
                                              ━━━━━━━━━━
            900ms ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄░▒▒▓▓▓▓███
                                         ━━━━━▓▓███─────
            500ms                   ░▒▒▓▓▓▓███─────▓▓▓▒▒
                          ━━━━━━━ ━━━━━━━─────▓▓▓▒▒░
            100ms         ░▒▒▓▓▓▓ ██─────▓▓▓▒▒░
                          ▓▓███── ──▓▓▓▒▒░
             60ms         ─────▓▓ ▒▒░
                          █▓▓▒▒░ ·
                  -30 s                              now
            """)
    }

    @Test func ascii() {
        expectPicture(
            picture(map(Self.columns(30)), .ascii),
            """
               5s          _ p50  = p95  - budget 900 ms
                                              ==========
            900ms ----------------------------:++####@@@
                                         =====##@@@_____
            500ms                   :++####@@@_____###++
                          ======= =======_____###++:
            100ms         :++#### @@_____###++:
                          ##@@@__ __###++:
             60ms         _____## ++:
                          @##++: ?
                  -30 s                              now
            """)
    }

    /// What was seen at one moment stands over what was counted, and alone where nothing was.
    @Test(arguments: [GlyphSet.braille, .ascii]) func points(_ glyphs: GlyphSet) {
        var over = map(Self.columns(30))
        over.points = [
            HeatMap.Point(back: 20, value: 0.09e9), HeatMap.Point(back: 2, value: nil),
            HeatMap.Point(back: 90, value: 0.09e9), HeatMap.Point(back: 0, value: 9e9),
        ]
        over.pointsName = "canary"
        let canvas = picture(over, glyphs)
        #expect(canvas[44 - 1 - 20, 6].scalar == glyphs.canary && canvas[44 - 1 - 2, 0].scalar == glyphs.bad)
        var alone = HeatMap(
            bounds: Self.bounds, columns: [], axis: .time(from: "-30 s", to: "now"),
            points: [HeatMap.Point(back: 3, value: 0.05e9)], pointsName: "canary")
        #expect(alone.fittedRows == 1..<4)
        expectPicture(
            picture(alone, glyphs, width: 30, height: 4),
            glyphs == .ascii
                ? """
                 80ms                 * canary
                                          *
                 40ms
                      -30 s                now
                """
                : """
                 80ms                 ◈ canary
                                          ◈
                 40ms
                      -30 s                now
                """)
        alone.points = []
        #expect(alone.fittedRows == nil)
    }

    @Test func fewRows() {
        expectPicture(
            picture(map(Self.columns(30)), .block, width: 34, height: 5),
            """
            900ms ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄━━━━━━━━━━
                          ░░░▒▒━━━━━──────────
            250ms ━━━━━ ━━━━━━━─────▒▒▒░░░
                  ───▒▒·░░░
                  -30 s                    now
            """)
    }

    @Test func levels() {
        let columns = [2, 9, 16, 23].flatMap { Self.columns(1, from: $0) }
        let map = HeatMap(
            bounds: Self.bounds, columns: columns, axis: .names(["1", "2", "4", "8"]),
            limits: [HistogramMarker("900 ms", 0.9e9)])
        expectPicture(
            picture(map, .braille, width: 40, height: 12),
            """
                              ─ p50  ━ p95  ┄ 900 ms
                                            ━━
            900ms ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▓▓▓▓▓▓▓┄┄┄
                                  ▒▒━━▒▒▒ ███████
            500ms                 ███████ ██──███
                    ━━    ▓▓━━▓▓▓ ██──███ ▒▒▒▒▒▒▒
            100ms ▒▒▒▒▒▒▒ ███████ ▓▓▓▓▓▓▓
                  ███████ ██──███
             60ms ██──███ ▒▒▒▒▒▒▒
                  ▓▓▓▓▓▓▓
             20ms
                     1       2       4       8
            """)
    }

    /// One second more is the same picture one column further left.
    @Test(arguments: GlyphSet.allCases) func itMovesByWholeColumns(_ glyphs: GlyphSet) {
        let before = picture(map(Self.columns(60)), glyphs, width: 30)
        let after = picture(map(Self.columns(60, from: 1)), glyphs, width: 30)
        // The legend and the axis stand still.
        for y in 1..<10 {
            for x in 6..<29 { #expect(before[x + 1, y] == after[x, y], "\(x) \(y)") }
        }
    }

    /// In every depth counts are told apart, and p50, p95 and the limit are seen: without colours, too.
    @Test(arguments: GlyphSet.allCases) func itIsReadWithoutColours(_ glyphs: GlyphSet) {
        for depth in ColorDepth.allCases {
            var canvas = Canvas(
                width: 60, height: 14, theme: Theme.standard.adapted(to: depth), glyphs: glyphs)
            map(Self.columns(40)).draw(on: &canvas, in: canvas.bounds)
            let scalars = Set(canvas.cells.map(\.scalar))
            #expect(scalars.intersection(glyphs.shades).count >= 4)
            for sign in [glyphs.median, glyphs.high, glyphs.dashedHorizontal] {
                #expect(scalars.contains(sign))
            }
            #expect(
                canvas.text.contains("p95") && canvas.text.contains("900 ms") && canvas.text.contains("now"))
        }
    }

    @Test func nothingOfNothing() {
        let column = HeatMap.Column(counts: [1, 2, 3], p50: 1e7, p95: 2e7)
        let broken = HeatMap.Column(counts: [.nan, .infinity, -5], p50: .nan, p95: -.infinity)
        let maps = [
            HeatMap(bounds: [], columns: [], axis: .names([])),
            HeatMap(bounds: [], columns: [column], axis: .names(["a", "b"])),
            HeatMap(bounds: [1e7], columns: [column, nil, broken], axis: .time(from: "", to: "")),
            HeatMap(bounds: [.nan, .infinity], columns: [broken, broken], axis: .names(["x"])),
            HeatMap(
                bounds: [1e7, 2e7], columns: [HeatMap.Column(counts: [.infinity, .infinity])],
                axis: .names(["x"]), rows: 0..<2),
            HeatMap(
                bounds: [1e7, 2e7], columns: [nil, nil], axis: .time(from: "-1 m", to: "now"), rows: 0..<2),
            HeatMap(bounds: [1e7, 2e7, 3e7], columns: [column], axis: .names(["x"]), rows: 2..<99),
            HeatMap(
                bounds: [1e7, 2e7, 3e7], columns: [HeatMap.Column(counts: [0, 0, 0])], axis: .names(["x"]),
                limits: [.nan, .infinity, 0, -1, 1e300].map { HistogramMarker("l", $0) }, rows: 50..<60),
        ]
        for map in maps {
            for (width, height) in [(0, 0), (1, 1), (2, 9), (9, 2), (19, 3), (20, 3), (80, 24)] {
                for glyphs in GlyphSet.allCases { _ = picture(map, glyphs, width: width, height: height) }
            }
        }
        #expect(picture(maps[0], .block, width: 30, height: 3).text.contains("nothing yet"))
    }

    @Test func noAnswersAreNotTheUnknown() {
        let empty = HeatMap.Column(counts: [0, 0])
        let map = HeatMap(
            bounds: [1e7, 2e7], columns: [HeatMap.Column(counts: [1, 1]), empty, nil],
            axis: .time(from: "", to: ""), rows: 0..<2)
        let canvas = picture(map, .ascii, width: 10, height: 2)
        #expect(canvas[8, 1].scalar == " " && canvas[9, 1].scalar == "?")
    }
}
