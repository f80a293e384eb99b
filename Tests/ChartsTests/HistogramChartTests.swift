import Measure
import Testing

@testable import Canvas
@testable import Charts

@Suite struct HistogramChartTests {
    private func chart(
        _ series: [HistogramSeries], _ glyphs: GlyphSet, width: Int = 38, height: Int = 9,
        arrangement: HistogramChart.Arrangement = .overlaid
    ) -> Canvas {
        drawn(width, height, glyphs) { canvas, rect in
            HistogramChart(series: series, arrangement: arrangement)
                .draw(on: &canvas, in: rect)
        }
    }

    private var bell: HistogramSeries {
        var bins = Samples.bell(60e6)
        // One that came far too late.
        bins.add(40 * .second)
        let markers = [("p50", 60e6), ("p95", 77e6), ("p99", 83e6)].map { HistogramMarker($0.0, $0.1) }
        return HistogramSeries(bins: bins, markers: markers)
    }

    @Test func braille() {
        expectPicture(
            chart([bell], .braille),
            """
                               p50┊  p95┊ ┊p99
                                ⢰⣶⣿⣷⣤   ┊ ┊
                               ⣿⣿⣿⣿⣿⣿⣆⡀ ┊ ┊
                             ⢠⣤⣿⣿⣿⣿⣿⣿⣿⣧ ┊ ┊
                            ⣀⣼⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿┊ ┊
                          ⢠⣤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡇ ┊
                  ⢀⣀⣀⣀⣀⣀⣠⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⣀⣀⣀    ⣀
              ─┬─────────────┬────▴───┬─▴─▴────┬ >
             30ms          50ms     70ms     100ms
            """)
    }

    @Test func block() {
        expectPicture(
            chart([bell], .block),
            """
                               p50┊  p95┊ ┊p99
                                ▃▇█▇▅   ┊ ┊
                               ▇█████▄  ┊ ┊
                              ▄████████ ┊ ┊
                            ▂███████████┊ ┊
                          ▁▄████████████▅ ┊
                  ▁▁▁▁▂▂▃▆███████████████▇▂▁▁    ▁
              ─┬─────────────┬────▴───┬─▴─▴────┬ >
             30ms          50ms     70ms     100ms
            """)
    }

    @Test func ascii() {
        expectPicture(
            chart([bell], .ascii),
            """
                               p50:  p95: :p99
                                .:##:   : :
                               ######:  : :
                              :######## : :
                            .###########: :
                          .:############: :
                  .......:################...    .
              -+-------------+----^---+-^-^----+ >
             30ms          50ms     70ms     100ms
            """)
    }

    @Test func notesAndBandsGiveWayToTheData() {
        let chart = HistogramChart(
            series: [bell], notes: ["1 001 answers", "a claim that is longer than the room"],
            bands: [
                GaugeBand("claim", 70e6, 200e6), GaugeBand("off the axis", 1e9, 2e9),
                GaugeBand("none", .nan, .infinity),
            ])
        let text = drawn(38, 9, .ascii) { canvas, rect in
            chart.draw(on: &canvas, in: rect)
        }.text
        #expect(text.contains("1 001 answers") && !text.contains("longer"))
        #expect(text.count { $0 == "=" } > 5 && text.contains("p99"))
    }

    private var two: [HistogramSeries] {
        [
            HistogramSeries(name: "gpu01", bins: Samples.bell(40e6), index: 0),
            HistogramSeries(name: "gpu02", bins: Samples.bell(90e6, count: 500), index: 1),
        ]
    }

    @Test func overlaid() {
        expectPicture(
            chart(two, .braille, width: 44),
            """
              ● gpu01      ⢀●⣿⣦⡄             ◆⣷⣦
              ◆ gpu02     ⢰⣾⣿⣿⣿⡇            ⣀⣿⣿⣿⣿⣤
                         ⢀⣸⣿⣿⣿⣿⣿⣇           ⣿⣿⣿⣿⣿⣿⡀
                         ⣼⣿⣿⣿⣿⣿⣿⣿⣤       ⢰⣶⣶⣿⣿⣿⣿⣿⣿⡇
                        ⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿      ⢀⣸⣿⣿⣿⣿⣿⣿⣿⣿⣷⡆
                      ⢀⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣀     ⣼⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣷⡆
                ⢀⣀⣀⣀⣠⣴⣾⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣆⣠⣄⣀⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣀
              ┬───────┬──────────┬───────┬───────┬────
            20ms    30ms       50ms    70ms    100ms
            """)
    }

    @Test func strips() {
        expectPicture(
            chart(two, .block, width: 44, arrangement: .strips),
            """

                          ▁▅██▇▄               ● gpu01
                        ▁▅███████▄
                ▁▁▁▁▁▂▄▆██████████▄▂▁▁
              ◆ gpu02                       ▃▇█▇▅▃
                                         ▃▅▅██████▄
                                  ▁▁▁▁▁▂▇███████████▅▁
              ┬───────┬──────────┬───────┬───────┬────
            20ms    30ms       50ms    70ms    100ms
            """)
    }

    @Test func empty() {
        expectPicture(
            chart([], .braille, width: 36, height: 3),
            """

                waiting for the first answer

            """)
        expectPicture(
            chart([HistogramSeries(bins: LogBins())], .ascii, width: 20, height: 1),
            """
            waiting for the fir~
            """)
    }

    @Test func oneValue() {
        var bins = LogBins()
        bins.add(9_800_000)
        expectPicture(
            chart([HistogramSeries(bins: bins)], .block, width: 30, height: 5),
            """
                          █
                          █
                         ▇█▁
              ────┬────────┬────────┬───
                 7ms     10ms     15ms
            """)
    }

    @Test func allEqualAndOneFarAway() {
        var bins = LogBins()
        bins.add(60_000_000, count: 100_000)
        bins.add(70_000_000)
        bins.add(.max)
        bins.add(0)
        expectPicture(
            chart([HistogramSeries(bins: bins)], .ascii, width: 30, height: 5),
            """
                          #
                          #
            .            ##...           .
            < -------+-------+-------+-- >
                   50ms    70ms    100ms
            """)
    }

    /// Each bar stands over the axis position of what it counts.
    @Test(arguments: GlyphSet.allCases)
    func barsStandOverTheirLabels(_ glyphs: GlyphSet) throws {
        for value in [20e6, 50e6, 100e6, 150e6] {
            var bins = LogBins()
            bins.add(Nanoseconds(value * 1.001))
            let series = HistogramSeries(bins: bins, markers: [HistogramMarker("p50", value)])
            let canvas = chart([series], glyphs, width: 60, height: 10)
            let caret = try #require((0..<60).first { canvas[$0, 8].scalar == glyphs.caret })
            let bars = (0..<60).filter { canvas[$0, 7].scalar != " " }
            #expect(bars.contains { abs($0 - caret) <= 1 }, "\(value)\n\(canvas.text)")
        }
    }

    @Test func nothingIsLostInRebinning() throws {
        var random = SplitMix64(seed: 5)
        for columns in [1, 2, 7, 40, 333] {
            var bins = LogBins()
            for _ in 0..<500 { bins.add(Nanoseconds(random.unit() * 1e9)) }
            let range = try #require(HistogramChart.range(of: [HistogramSeries(bins: bins)]))
            let bars = HistogramBars(bins, range: range, columns: columns)
            #expect(abs(bars.total - 500) < 1e-6)
        }
    }

    @Test func theRangeKeepsOutliersOut() throws {
        let range = try #require(HistogramChart.range(of: [bell]))
        #expect(range.lower > 20e6 && range.lower < 40e6)
        #expect(range.upper > 85e6 && range.upper < 120e6)
        #expect(HistogramChart.range(of: []) == nil)
        var few = LogBins()
        for _ in 0..<20 { few.add(60_000_000) }
        few.add(60 * .second)
        let fewRange = try #require(HistogramChart.range(of: [HistogramSeries(bins: few)]))
        #expect(fewRange.upper < 1e9)
    }

    @Test func markersOfNoValue() {
        let markers = [Double.nan, .infinity, 0, -1, 1e300].map { HistogramMarker("p", $0) }
        let canvas = chart([HistogramSeries(bins: Samples.bell(60e6), markers: markers)], .braille)
        #expect(!canvas.text.isEmpty)
    }

    @Test func unusableRangesAreFittedAnew() {
        for (lower, upper) in [(0.0, 0.0), (.nan, 1), (5, 1), (-1, 5), (0, .infinity)] {
            let canvas = drawn(30, 6) { canvas, rect in
                let range = AxisRange(lower: lower, upper: upper, scale: .logarithmic)
                HistogramChart(series: [bell], range: range)
                    .draw(on: &canvas, in: rect)
            }
            #expect(canvas.text.contains("ms"))
        }
    }

    /// A limit on the axis is a line with a name, one beyond it is named at the edge; neither hides a marker.
    @Test(arguments: GlyphSet.allCases)
    func limitsAreSeen(_ glyphs: GlyphSet) throws {
        var marked = HistogramSeries(bins: Samples.bell(60e6), markers: [HistogramMarker("p95", 77e6)])
        for (limit, sign) in [(95e6, nil), (2e9, glyphs.right), (1e6, glyphs.left)]
            as [(Double, Unicode.Scalar?)]
        {
            let limits = [HistogramMarker("p95 < it", limit)]
            let range = try #require(HistogramChart.range(of: [marked], limits: limits))
            #expect((range.position(limit).map { (0...1).contains($0) } ?? false) == (sign == nil))
            let canvas = drawn(70, 12, glyphs) { canvas, rect in
                HistogramChart(series: [marked], range: range, limits: limits).draw(on: &canvas, in: rect)
            }
            #expect(canvas.text.contains("p95 < it"), "\n\(canvas.text)")
            #expect(canvas.text.split(separator: "p95", omittingEmptySubsequences: false).count == 3)
            if let sign { #expect(canvas.text.unicodeScalars.contains(sign)) }
            let lines = (0..<70).filter { canvas[$0, 0].scalar == glyphs.dashedVertical }
            #expect(lines.count == (sign == nil ? 2 : 1), "\n\(canvas.text)")
        }
        marked.isPast = true
        let past = drawn(70, 12, glyphs) { canvas, rect in
            HistogramChart(series: [marked]).draw(on: &canvas, in: rect)
        }
        guard glyphs != .ascii else { return }
        let bars = past.cells.filter {
            glyphs.verticalBars.dropFirst().contains($0.scalar) || 0x2800...0x28FF ~= $0.scalar.value
        }
        #expect(!bars.isEmpty && bars.allSatisfy { $0.style.attributes.contains(.dim) })
    }

    @Test func countsAreWhole() {
        let canvas = drawn(80, 14) { canvas, rect in
            HistogramChart(series: [bell], showsCounts: true).draw(on: &canvas, in: rect)
        }
        let labels = canvas.text.split(separator: "\n").compactMap { line in
            line.contains("┤") ? line.split(separator: "┤").first.map { $0.filter { $0 != " " } } : nil
        }
        #expect(labels.count >= 2 && labels.allSatisfy { Int($0) != nil }, "\n\(canvas.text)")
    }
}
