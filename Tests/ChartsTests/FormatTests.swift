import Foundation
import Measure
import Testing

@testable import Canvas
@testable import Charts

@Suite struct FormatTests {
    @Test(arguments: [
        (0.0, "0 ms"), (400, "400 ns"), (999.6, "1.0 µs"), (85_000, "85 µs"), (850_000, "850 µs"),
        (999_600, "1.0 ms"), (9.8e6, "9.8 ms"), (9.96e6, "10 ms"), (61e6, "61 ms"), (999.7e6, "1.00 s"),
        (1.24e9, "1.24 s"), (9.999e9, "10.0 s"), (12.41e9, "12.4 s"), (320e9, "320 s"), (1230e9, "20.5 min"),
        (9000e9, "2.50 h"), (-61e6, "-61 ms"), (1e300, "999999999999999 h"),
    ])
    func durations(_ nanoseconds: Double, _ text: String) {
        #expect(Format.duration(nanoseconds) == text)
    }

    @Test(arguments: [
        (0.0, "0", "0.00"), (5, "5", "5.00"), (0.42, "0.42", "0.42"), (25.12, "25.1", "25.1"),
        (320, "320", "320"), (999.7, "1.00 k", "1.00 k"), (8012, "8.01 k", "8.01 k"),
        (12_345, "12.3 k", "12.3 k"), (999_700, "1.00 M", "1.00 M"), (-8012, "-8.01 k", "-8.01 k"),
    ])
    func counts(_ value: Double, _ count: String, _ rate: String) {
        #expect(Format.count(value) == count)
        #expect(Format.rate(value) == rate)
    }

    @Test(arguments: [
        (0.0, "0"), (999, "999"), (3214.4, "3 214"), (1_234_567, "1 234 567"), (-3214, "-3 214"),
        (-321, "-321"), (-0.3, "0"),
    ])
    func groups(_ value: Double, _ text: String) {
        #expect(Format.grouped(value) == text)
    }

    @Test(arguments: [
        (0.0, "0"), (0.499, "0.50"), (0.0123, "0.012"), (0.00123, "0.0012"), (1e-7, "<0.0001"),
        (-1e-7, ">-0.0001"),
        (4.271, "4.27"), (9.99, "9.99"), (9.996, "10"), (12.4, "12"), (3214.4, "3 214"), (.infinity, "–"),
    ])
    func speeds(_ value: Double, _ text: String) {
        #expect(Format.speed(value) == text)
    }

    @Test func nothingSmallReadsAsNothing() {
        for exponent in 1...12 {
            let value = 3 * pow(10, -Double(exponent))
            #expect(Format.speed(value).contains { $0 != "0" && $0 != "." })
            #expect(Format.rate(value).contains { $0 != "0" && $0 != "." })
            #expect(Format.count(value).contains { $0 != "0" && $0 != "." })
        }
    }

    @Test func others() {
        #expect(Format.bytes(512) == "512 B")
        #expect(Format.bytes(2_100_000) == "2.1 MB")
        #expect(Format.bytes(80e9) == "80 GB")
        #expect(Format.bytes(999_950) == "1.0 MB")
        #expect(Format.elapsed(161 * .second) == "00:02:41")
        #expect(Format.elapsed(-5) == "00:00:00")
        #expect(Format.elapsed(.max) == "2562047:47:16")
        #expect(Format.percent(0.124) == "12 %")
        #expect(Format.percent(0.004) == "0.4 %")
        #expect(Format.percent(0.0001) == "<0.1 %")
        #expect(Format.percent(0) == "0 %")
        #expect(Format.signedPercent(0.12) == "+12 %")
        #expect(Format.signedPercent(-0.034) == "-3.4 %")
        #expect(Format.milliseconds(850_000) == "0.85")
        #expect(Format.milliseconds(9.8e6) == "9.8")
        #expect(Format.milliseconds(1.24e9) == "1 240")
    }

    @Test(arguments: [nil, Double.nan, .infinity, -.infinity])
    func unknown(_ value: Double?) {
        let texts = [
            Format.duration(value), Format.milliseconds(value), Format.count(value), Format.rate(value),
            Format.grouped(value), Format.bytes(value), Format.percent(value), Format.signedPercent(value),
        ]
        #expect(texts.allSatisfy { $0 == "–" })
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01", "00:00:00"), (1_795_701_452, "2026-11-26", "13:57:32"),
        (951_782_400, "2000-02-29", "00:00:00"), (-1, "1969-12-31", "23:59:59"),
        (4_107_542_399, "2100-02-28", "23:59:59"),
    ])
    func wallTime(_ seconds: Int64, _ date: String, _ clock: String) {
        #expect(Format.date(seconds * .second) == date)
        #expect(Format.clock(seconds * .second) == clock)
    }

    @Test func noWallTimeTraps() {
        for value in [Int64.min, .max] {
            #expect(!Format.date(value).isEmpty && !Format.clock(value).isEmpty)
        }
    }
}
