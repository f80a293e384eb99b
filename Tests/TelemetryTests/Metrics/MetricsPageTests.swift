import Foundation
import Measure
import Testing

@testable import Telemetry

@Suite struct MetricsPageTests {
    @Test func aPageOfVLLMs() throws {
        let page = try Capture.page("vllm")
        #expect(page["process_start_time_seconds"] == 1.79531792602e9)
        #expect(page.samples.contains { $0.series.hasPrefix("vllm:generation_tokens_total{engine=\"0\"") })
        #expect(page.samples.contains { $0.series.contains("le=\"+Inf\"") })
    }

    @Test func aPageOfLlamas() throws {
        let page = try Capture.page("llama")
        #expect(page["llamacpp:tokens_predicted_total"] == 204)
        #expect(page["llamacpp:tokens_predicted_seconds_total"] == 1.55642)
    }

    @Test(
        arguments: [
            ("a 1", "a", 1.0), ("a\t2 ", "a", 2), ("  a 3", "a", 3), ("a 4 1700000000000", "a", 4),
            ("a{} 5", "a{}", 5), ("a{b=\"c\"} 6", "a{b=\"c\"}", 6), ("a{b=\"}\"} 7", "a{b=\"}\"}", 7),
            ("a{b=\"\\\"} 1\"} 8", "a{b=\"\\\"} 1\"}", 8), ("a{b=\"\\\\\"} 9", "a{b=\"\\\\\"}", 9),
            ("a:b_c9 3.763908e+06", "a:b_c9", 3_763_908), ("a 3.5786276864e+010", "a", 35_786_276_864),
            ("a +Inf", "a", .infinity), ("a -Inf", "a", -.infinity),
            ("a{b=\"c\", d=\"e\"} 1\r", "a{b=\"c\", d=\"e\"}", 1),
        ])
    func aLine(line: String, series: String, value: Double) {
        #expect(
            MetricsPage(parsing: line.utf8).samples == [MetricsPage.Sample(series: series, value: value)])
    }

    @Test(
        arguments: [
            "", " ", "# TYPE a counter", "a", "a ", "a b", "9a 1", "{b=\"c\"} 1", "a{b=\"c\" 1", "a{b=\"c} 1",
            "a{ 1", "{\"json\": 1}", "<html>", "a= 1",
        ])
    func noLine(line: String) { #expect(MetricsPage(parsing: line.utf8).samples.isEmpty) }

    @Test func notANumberIsNoTrap() throws {
        let page = MetricsPage(parsing: "a NaN\nb 1\n".utf8)
        #expect(try #require(page["a"]).isNaN)
        #expect(page["b"] == 1)
    }

    @Test(arguments: 0..<200)
    func randomBytesNeverTrap(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("ab_{}\"\\= \t\r\n1.e+#,\u{0}é".utf8) + [0xFF, 0x80]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &random)]
        }
        for sample in MetricsPage(parsing: bytes).samples { #expect(!sample.series.isEmpty) }
    }
}
