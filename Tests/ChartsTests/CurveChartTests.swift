import Measure
import Testing

@testable import Canvas
@testable import Charts

@Suite struct CurveChartTests {
    private let one = CurveSeries(
        name: "gpu01", index: 0, points: Samples.points, live: CurvePoint(x: 7100, y: 4.6e9, label: "256"),
        ceiling: CurveLimit(8012, name: "plateau 8 012"), loadLine: Samples.points[5])

    private func chart(
        _ series: [CurveSeries], _ glyphs: GlyphSet, width: Int = 64, height: Int = 14,
        budget: CurveLimit? = CurveLimit(2e9, name: "budget p95 < 2 s")
    ) -> Canvas {
        drawn(width, height, glyphs) { canvas, rect in
            CurveChart(series: series, budget: budget)
                .draw(on: &canvas, in: rect)
        }
    }

    @Test func braille() {
        expectPicture(
            chart([one], .braille),
            """
            5s┤ p95 E2E                                  plateau 8 012 ┊
              │                                                 ⢀◉ 256 ┊
            4s┤                                                ⢠⠎      ┊
              │                                            128⢠⠃       ┊
              │                                             ⢀├●┤       ┊
            3s┤                                           ⢀⠔⠃          ┊
              │                          load line 32 64⢀⠔⠁            ┊
            2s┤┄┄ budget p95 < 2 s ┄┄┄┄┄┄┄┄┄┄┄┄▼┄┄⢀⣀⠤⠔⠒├●┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
              │  1 2   4     8      16  ⢀⣀⣀⣀⠤⠤├●┤⠉⠁                    ┊
            1s┤  ●⣀●⣀⣀⣀●⠤⠤⠤⠤⠤●⠤⠔⠒⠒⠒⠒⠒●⠉⠉⠁       32                     ┊
              │                                                        ┊
             0┤                                                        ┊
              └┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬────
               0     1k     2k     3k     4k     5k     6k     7k   tokens/s
            """)
    }

    @Test func block() {
        expectPicture(
            chart([one], .block),
            """
            5s┤ p95 E2E                                  plateau 8 012 ┊
              │                                                 ▗◉ 256 ┊
            4s┤                                                ▗▘      ┊
              │                                            128▗▘       ┊
              │                                             ▗├●┤       ┊
            3s┤                                           ▗▞▘          ┊
              │                          load line 32 64▗▞▘            ┊
            2s┤┄┄ budget p95 < 2 s ┄┄┄┄┄┄┄┄┄┄┄┄▼┄┄▗▄▄▞▀├●┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
              │  1 2   4     8      16  ▗▄▄▄▄▄├●┤▀▘                    ┊
            1s┤  ●▄●▄▄▄●▄▄▄▄▄●▄▞▀▀▀▀▀●▀▀▘       32                     ┊
              │                                                        ┊
             0┤                                                        ┊
              └┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬────
               0     1k     2k     3k     4k     5k     6k     7k   tokens/s
            """)
    }

    @Test func ascii() {
        expectPicture(
            chart([one], .ascii),
            """
            5s+ p95 E2E                                  plateau 8 012 :
              |                                                  O 256 :
            4s+                                                 /      :
              |                                            128 /       :
              |                                             /|o|       :
            3s+                                           //           :
              |                          load line 32 64//             :
            2s+-- budget p95 < 2 s ------------V-------|o|------------------
              |  1 2   4     8      16   -----|o|--                    :
            1s+  o-o---o-----o-------o---       32                     :
              |                                                        :
             0+                                                        :
              ++------+------+------+------+------+------+------+------+----
               0     1k     2k     3k     4k     5k     6k     7k   tokens/s
            """)
    }

    @Test func twoOnALogarithmicAxis() {
        let other = CurveSeries(
            name: "gpu02", index: 1,
            points: Samples.points.map { CurvePoint(x: $0.x * 0.6, y: ($0.y - 0.9e9) * 3, label: $0.label) })
        expectPicture(
            chart([one, other], .braille, width: 80, height: 16, budget: nil),
            """
              10s┤ p95 E2E                          ◆ 128               plateau 8 012 ┊
                 │ ● gpu01                    64 ⢀⡠⠊⠁                   128  256      ┊
                 │ ◆ gpu02                    ⢀◆⠒⠁ load line 32           ├●┤⠒◉       ┊
                 │                      32 ⡠⠔⠊⠁        32▼        64⢀⣀⠤⠤⠒⠊⠉           ┊
                 │                 8   ⢀⡠◆⠉ 16          ├●┤⣀⠤⠤⠤⠒⠒⠒├●┤                 ┊
                 │  1  2   4     ⢀⣀●⣀⣀⣀⣀⡠⠤⠤⠤├●┤⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉                             ┊
               1s┤  ●⠒⠒●⠉⠉⠉●⠉⠉⠉⠉⠉⠁◆ 16                                                ┊
                 │        8 ◆⠤⠒⠉                                                      ┊
                 │     4 ⢀⡠⠊                                                          ┊
                 │     ◆⠔⠁                                                            ┊
                 │   2⡰⠁                                                              ┊
                 │  ⢀◆                                                                ┊
            100ms┤ 1⡎                                                                 ┊
                 │ ◆                                                                  ┊
                 └┬───────┬────────┬───────┬────────┬───────┬────────┬───────┬────────┬─────
                  0      1k       2k      3k       4k      5k       6k      7k      tokens/s
            """)
    }

    @Test func small() {
        expectPicture(
            chart([one], .braille, width: 30, height: 8),
            """
              │ p95 E2E          256⢀◉ ┊
            4s┤                  128⡜  ┊
              │  load line 32   64⢀⠔●  ┊
            2s┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄▼⢀⣀⠤●⠁┄┄┄┄┄┄┄
              │●●⣀●⣀⣀●⡠⠤●⠤⠒⠒⠒●⠁32      ┊
             0┤ 1 4 8 16 plateau 8 012 ┊
              └┬─────┬─────┬─────┬─────┬──
               0    2k    4k    6k    8k
            """)
        expectPicture(
            chart([one], .braille, width: 12, height: 4),
            """
                 256 ◉ ┊
                32▼ ⢀● ┊
            ┄┄┄┄┄⣀●⠔●┄┄┄
            ●●●4● 16 64┊
            """)
    }

    @Test func empty() {
        expectPicture(
            chart([], .braille, width: 40, height: 3),
            """

             the first level makes the first point

            """)
    }

    @Test func onePoint() {
        let series = CurveSeries(name: "", index: 0, points: [CurvePoint(x: 300, y: 5e8, label: "1")])
        expectPicture(
            chart([series], .block, width: 40, height: 8, budget: nil),
            """
                 │ p95 E2E                       ● 1
            400ms┤
                 │
            200ms┤
                 │
                0┤
                 └┬────┬────┬────┬────┬─────┬────┬──
                  0   50   100  150  200    tokens/s
            """)
    }

    @Test func allEqual() {
        let point = CurvePoint(x: 300, xHalfWidth: 0, y: 5e8, label: "1")
        let series = CurveSeries(name: "", index: 0, points: [point, point, point])
        let canvas = chart([series], .block, width: 40, height: 8, budget: nil)
        #expect(canvas.text.contains("●"))
    }

    @Test func aFarBudgetDoesNotSqueezeTheCurve() {
        let canvas = chart([one], .block, budget: CurveLimit(900e9, name: "budget 900 s"))
        #expect(canvas.text.contains("↑ budget 900 s"))
        #expect(canvas.text.contains("5s"))
    }

    @Test func degenerate() {
        let values: [Double] = [.nan, .infinity, -.infinity, 0, -1, 1e300, 1e-300, 1e9]
        for x in values {
            for y in values {
                let point = CurvePoint(x: x, xHalfWidth: y, y: y, label: "\u{1B}[31m日本")
                let series = CurveSeries(
                    name: "\u{202E}", index: -7, points: [point, Samples.points[0], point], live: point,
                    ceiling: CurveLimit(x, name: "c"), loadLine: point)
                for glyphs in GlyphSet.allCases {
                    let canvas = chart([series, one], glyphs, budget: CurveLimit(y, name: "b"))
                    #expect(!canvas.text.contains("\u{1B}"))
                }
            }
        }
    }

    /// Whatever else is drawn, every point's sign is where its figures say, over the right ticks.
    @Test(arguments: GlyphSet.allCases)
    func pointsAreNeverCovered(_ glyphs: GlyphSet) throws {
        for (width, height) in [(30, 8), (64, 14), (120, 24), (300, 80)] {
            let canvas = chart([one], glyphs, width: width, height: height)
            let (x, y) = try #require(
                CurveChart(series: [one], budget: CurveLimit(2e9, name: "")).fittedRanges())
            let layout = CurveLayout(
                canvas.bounds, x: x, y: y, xName: "tokens/s", quantity: .latency, glyphs: glyphs)
            let painter = CurvePainter(plot: layout.plot, x: x, y: y, glyphs: glyphs)
            let live = try #require(one.live.flatMap { painter.place($0)?.place })
            #expect(canvas[live.x, live.y].scalar == glyphs.live)
            for point in one.points {
                let place = try #require(painter.place(point)?.place)
                #expect(canvas[place.x, place.y].scalar == glyphs.sign(0) || place == live)
            }
            for label in layout.xLabels where !label.text.isEmpty {
                #expect(label.start <= label.tick && label.tick < label.end)
            }
        }
    }

    @Test func heldRangesHold() {
        let canvas = drawn(60, 12) { canvas, rect in
            CurveChart(
                series: [one], xRange: AxisRange(lower: 0, upper: 4000, scale: .linear),
                yRange: AxisRange(lower: 0, upper: 1e9, scale: .linear)
            ).draw(on: &canvas, in: rect)
        }
        // What lies beyond is shown at the edge, by an arrow.
        #expect(canvas.text.contains("↑"))
        #expect(canvas.text.contains("3k"))
    }
}
