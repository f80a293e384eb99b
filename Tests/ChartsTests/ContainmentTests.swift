import Measure
import Testing

@testable import Canvas
@testable import Charts

/// Nothing is written outside its rectangle, at any size.
@Suite struct ContainmentTests {
    private static let sizes = [0, 1, 2, 3, 4, 5, 7, 10, 13, 19, 24, 33, 60]

    private func check(_ what: String, _ draw: (inout Canvas, Rect) -> Void) {
        let marked = Cell("~", Style(.ansi(5)))
        for glyphs in GlyphSet.allCases {
            for width in Self.sizes {
                for height in Self.sizes where height <= 33 {
                    let rect = Rect(x: 3, y: 2, width: width, height: height)
                    var canvas = Canvas(width: width + 6, height: height + 4, glyphs: glyphs)
                    canvas.fill(canvas.bounds, marked)
                    canvas.fill(rect, .blank)
                    draw(&canvas, rect)
                    var escaped = 0
                    for y in 0..<canvas.height {
                        for x in 0..<canvas.width
                        where x < rect.x || x >= rect.maxX || y < rect.y || y >= rect.maxY {
                            if canvas[x, y] != marked { escaped += 1 }
                        }
                    }
                    #expect(escaped == 0, "\(what) \(width)×\(height) \(glyphs)\n\(canvas.text)")
                    let isASCII = glyphs != .ascii || canvas.cells.allSatisfy { $0.scalar.isASCII }
                    #expect(isASCII, "\(what) \(width)×\(height)\n\(canvas.text)")
                    let isPlain = canvas.cells.allSatisfy {
                        $0.scalar != " " || $0.style == .plain || $0.isContinuation
                    }
                    #expect(isPlain, "\(what) \(width)×\(height) \(glyphs): colour on a blank")
                }
            }
        }
    }

    @Test func panels() {
        check("panel") { canvas, rect in
            Panel("a title", right: "more – µs", digit: 3)
                .draw(on: &canvas, in: rect)
        }
    }

    @Test func histograms() {
        let markers = [("p50", 60e6), ("p95", 77e6), ("p99", 9e9)].map { HistogramMarker($0.0, $0.1) }
        var bins = Samples.bell(60e6, count: 300)
        bins.add(40 * .second)
        let one = HistogramSeries(name: "gpu01 – 日本", bins: bins, markers: markers)
        let two = HistogramSeries(name: "gpu02", bins: Samples.bell(90e6), index: 1, markers: markers)
        for arrangement in [HistogramChart.Arrangement.overlaid, .strips] {
            for series in [[], [one], [one, two]] {
                check("histogram") { canvas, rect in
                    HistogramChart(
                        series: series, arrangement: arrangement, limits: [HistogramMarker("≤ 1 s", 1e9)],
                        showsCounts: true
                    )
                    .draw(on: &canvas, in: rect)
                }
            }
        }
    }

    @Test func sparklinesAndGauges() {
        let values: [Double?] = (0..<99).map { $0 % 7 == 0 ? nil : Double($0 % 13) }
        for look in [Sparkline.Look.filled, .line] {
            check("sparkline") { canvas, rect in
                Sparkline(values: values, look: look)
                    .draw(on: &canvas, in: rect)
            }
        }
        check("gauge") { canvas, rect in
            Gauge(
                value: 3000, maximum: 8000, bands: [GaugeBand("a – b", 100, 5000), GaugeBand("c", 4000, 1e9)]
            )
            .draw(on: &canvas, in: rect)
        }
    }

    @Test func curves() {
        let one = CurveSeries(
            name: "gpu01", index: 0, points: Samples.points,
            live: CurvePoint(x: 7100, y: 4.6e9, label: "live"),
            ceiling: CurveLimit(8012, name: "plateau – 8 012"), loadLine: Samples.points[5])
        let two = CurveSeries(
            name: "日本", index: 1, points: Samples.points.map { CurvePoint(x: $0.x / 2, y: $0.y * 40) },
            ceiling: CurveLimit(4000, name: "plateau 4 000"))
        for series in [[], [one], [one, two]] {
            check("curve") { canvas, rect in
                CurveChart(series: series, budget: CurveLimit(2e9, name: "budget ≤ 2 s"))
                    .draw(on: &canvas, in: rect)
            }
        }
    }

    @Test func heatMaps() {
        let columns = (0..<70).map { step -> HeatMap.Column? in
            let counts = (0..<20).map { row -> Double in Double(row * step % 7) }
            return step % 9 == 8 ? nil : HeatMap.Column(counts: counts, p50: 3e7, p95: Double(step) * 5e6)
        }
        let bounds = (1...20).map { Double($0) * 1e7 }
        for axis in [HeatMap.Axis.time(from: "-1 m – µ", to: "now"), .names((0..<70).map { "日\($0)" })] {
            check("heat map") { canvas, rect in
                HeatMap(
                    bounds: bounds, columns: columns, axis: axis,
                    limits: [HistogramMarker("budget ≤ 90 ms", 9e7)]
                ).draw(on: &canvas, in: rect)
            }
        }
    }

    @Test func tables() {
        let columns = ["a", "b – c", "d"].map { TableColumn($0) }
        let rows: [[TableCell]] = (0..<9).map { ["\($0)", "日本語", "µs"].map { TableCell($0) } }
        check("table") { canvas, rect in
            TextTable(columns: columns, rows: rows)
                .draw(on: &canvas, in: rect)
            canvas.fold()
        }
    }
}
