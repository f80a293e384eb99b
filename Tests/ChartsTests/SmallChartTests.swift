import Testing

@testable import Canvas
@testable import Charts

@Suite struct SparklineTests {
    private func chart(
        _ values: [Double?], _ glyphs: GlyphSet, width: Int = 12, height: Int = 3, maximum: Double? = nil,
        look: Sparkline.Look = .filled
    ) -> Canvas {
        drawn(width, height, glyphs) { canvas, rect in
            Sparkline(values: values, maximum: maximum, look: look)
                .draw(on: &canvas, in: rect)
        }
    }

    private let hill: [Double?] = [
        nil, nil, 0, 0, 1, 2, 4, 8, 12, 12, 8, 4, 2, 1, nil, nil, 0, 0, 0.001, 0.001,
    ]

    @Test func braille() {
        expectPicture(
            chart(hill, .braille),
            """
                  ⣿
                 ⢸⣿⡇
            ··· ⣠⣿⣿⣿⣄· ⣀
            """)
    }

    @Test func block() {
        expectPicture(
            chart(hill, .block, width: 22),
            """
                      ██
                     ████
            ····  ▂▄██████▄▂··  ▁▁
            """)
    }

    @Test func ascii() {
        expectPicture(
            chart(hill, .ascii, width: 22),
            """
                      ##
                     ####
            ????  .:######:.??  ..
            """)
    }

    @Test func line() {
        expectPicture(
            chart(hill, .braille, look: .line),
            """
                  ⣿
                 ⢸ ⡇
            ··· ⡠⠃ ⠘⢄· ⣀
            """)
    }

    @Test func degenerate() {
        expectPicture(
            chart([], .block, width: 4, height: 1),
            """
            ····
            """)
        expectPicture(chart([0, 0, 0, 0], .block, width: 4, height: 1), "")
        expectPicture(
            chart([5], .block, width: 4, height: 1),
            """
            ···█
            """)
        expectPicture(
            chart([5, 5, 5, 5], .block, width: 4, height: 2),
            """
            ████
            ████
            """)
        expectPicture(
            chart([.nan, .infinity, -.infinity, 1], .block, width: 4, height: 1),
            """
            ·█ █
            """)
        expectPicture(
            chart([1, 2, 3, 4], .block, width: 4, height: 1, maximum: .nan),
            """
            ▂▄▆█
            """)
        #expect(Sparkline.capacity(width: 10, glyphs: .braille) == 20)
        #expect(Sparkline.capacity(width: -1, glyphs: .block) == 0)
    }
}

@Suite struct GaugeTests {
    private func gauge(
        _ value: Double?, _ glyphs: GlyphSet, maximum: Double = 8012, width: Int = 50, height: Int = 2
    ) -> Canvas {
        let bands = [GaugeBand("own-70b", 200, 1500), GaugeBand("own-7b", 1500, 5000)]
        return drawn(width, height, glyphs) { canvas, rect in
            Gauge(value: value, maximum: maximum, bands: bands)
                .draw(on: &canvas, in: rect)
        }
    }

    @Test func braille() {
        expectPicture(
            gauge(3214, .braille),
            """
            3 214 ▕██████████████▌░░░░░░░░░░░░░░░░░░░░░▏ 8 012
                    ├own…┤├───own-7b────┤
            """)
    }

    @Test func ascii() {
        expectPicture(
            gauge(3214, .ascii),
            """
            3 214 [##############-.....................] 8 012
                    |own~||---own-7b----|
            """)
    }

    @Test func aBandTooNarrowForItsName() {
        expectPicture(
            drawn(50, 2, .braille) { canvas, rect in
                Gauge(value: 44, maximum: 100, bands: [GaugeBand("own-7b", 35, 50)], maximumText: "a user")
                    .draw(on: &canvas, in: rect)
            },
            """
                44 ▕███████████████░░░░░░░░░░░░░░░░░░░▏ a user
                                ├───┤ own-7b
            """)
    }

    @Test func narrow() {
        expectPicture(
            gauge(3214, .block, width: 14, height: 1),
            """
            3 214 ▕██▍░░░▏
            """)
        expectPicture(
            gauge(3214, .block, width: 3, height: 1),
            """
            3 …
            """)
    }

    @Test(arguments: GlyphSet.allCases)
    func aLittleIsSeenAndUnknownIsNotZero(_ glyphs: GlyphSet) {
        let little = gauge(0.001, glyphs, height: 1)
        let zero = gauge(0, glyphs, height: 1)
        let unknown = gauge(nil, glyphs, height: 1)
        #expect(Set([little.text, zero.text, unknown.text, gauge(8012, glyphs, height: 1).text]).count == 4)
        #expect(gauge(.nan, glyphs, height: 1) == unknown)
    }

    @Test func degenerate() {
        for value in [Double.infinity, -Double.infinity, -5, 1e300, 0] {
            for maximum in [0, -1, Double.nan, .infinity, 1e-300] {
                #expect(!gauge(value, .block, maximum: maximum).text.isEmpty)
            }
        }
        #expect(gauge(9000, .block, height: 1).text.contains("→"))
    }
}

@Suite struct PanelTests {
    @Test(arguments: [
        (GlyphSet.block, 30, "╭─ ²TTFT ─────────── p50 61 ─╮"),
        (.ascii, 30, "+- 2 TTFT ---------- p50 61 -+"),
        (.block, 17, "╭─ ²TTFT ───────╮"), (.block, 10, "╭─ ²TT… ─╮"), (.block, 8, "╭──────╮"),
    ])
    func titles(_ glyphs: GlyphSet, _ width: Int, _ top: String) {
        var canvas = Canvas(width: width, height: 3, glyphs: glyphs)
        let panel = Panel("TTFT", right: "p50 61", digit: 2)
        let inner = panel.draw(on: &canvas, in: canvas.bounds)
        #expect(canvas.text.split(separator: "\n").first.map(String.init) == top)
        #expect(inner == Rect(x: 1, y: 1, width: width - 2, height: 1))
    }

    @Test func tooSmall() {
        for (width, height) in [(0, 0), (1, 1), (1, 5), (5, 1)] {
            var canvas = Canvas(width: width, height: height)
            let inner = Panel("x").draw(on: &canvas, in: canvas.bounds)
            #expect(inner.isEmpty)
            #expect(canvas.cells.allSatisfy { $0 == .blank })
        }
    }
}
