import Measure
import Testing

@testable import Telemetry

@Suite struct PageReaderTests {
    private func read(_ pages: [String]) throws -> [Reading] {
        var reader = PageReader(source: SourceID(3), scrubber: .withoutSecrets)
        return try pages.enumerated().map {
            try reader.read(Array($1.utf8), at: Moment(nanoseconds: Int64($0)))
        }
    }

    private func said(_ reading: Reading) -> [String: Double] {
        var said: [String: Double] = [:]
        for (series, value) in zip(reading.series, reading.values) { said[series.text] = value }
        return said
    }

    @Test(arguments: ["vllm", "llama"])
    func readsWhatThePageHas(name: String) throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        for page in [name, name + "-before", name] {
            let reading = try reader.read(try Capture.bytes(page + ".txt"), at: .zero)
            let page = try Capture.page(page)
            #expect(
                said(reading)
                    == Dictionary(
                        page.samples.map { ($0.series, $0.value) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    @Test func aSeriesKeepsItsPlace() throws {
        let readings = try read(["a 1\nb 2\nc 3", "c 30\na 10", "b 5\nd 6\nc 7"])
        #expect(readings.map(\.values) == [[1, 2, 3], [10, nil, 30], [nil, 5, 7, 6]])
        #expect(readings[2].series.map(\.text) == ["a", "b", "c", "d"])
        #expect(readings[0].source == SourceID(3))
    }

    @Test func theFirstOfTwoCounts() throws {
        #expect(said(try read(["a 1\na 2\nb 3"])[0]) == ["a": 1, "b": 3])
        #expect(said(try read(["a 1\nb 2", "a 3\na 4\nb 5"])[1]) == ["a": 3, "b": 5])
    }

    @Test func whatIsNoNumberIsNotKnown() throws {
        #expect(try read(["a NaN\nb +Inf\nc -Inf\nd 1"])[0].values == [nil, nil, nil, 1])
        // Nor is what nobody can count.
        #expect(try read(["a 1e308\nb -1e300\nc 1e29"])[0].values == [nil, nil, 1e29])
        // `a` is the start of `ab`.
        #expect(said(try read(["a 1\nab 2", "ab 5\na 6"])[1]) == ["ab": 5, "a": 6])
    }

    @Test(
        arguments: [
            ("", PageProblem.noMetrics), ("# TYPE a counter\n", .noMetrics), ("{\"error\": 1}", .noMetrics),
            ("<!DOCTYPE html><html></html>", .html), ("  \n<html>", .html), ("a", .noMetrics),
        ])
    func noMetrics(page: String, problem: PageProblem) {
        #expect(throws: problem) { try read([page]) }
    }

    @Test func compressed() {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        #expect(throws: PageProblem.compressed) { try reader.read([0x1F, 0x8B, 8, 0, 0], at: .zero) }
    }

    @Test func seriesWithoutNumberAreNotKept() throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        let many = (0...PageReader.mostSeries).map { "a{b=\"\($0)\"} 1\n" }.joined()
        #expect(throws: PageProblem.tooManySeries(limit: PageReader.mostSeries)) {
            try reader.read(Array(many.utf8), at: .zero)
        }
        // And new labels each time add up to the same.
        for page in 0..<50 {
            let some = (0..<1000).map { "a{b=\"\(page) \($0)\"} 1\n" }.joined()
            let reading = try? reader.read(Array(some.utf8), at: .zero)
            #expect(reading?.series.count ?? 0 <= PageReader.mostSeries)
        }
    }

    private func page(_ names: Range<Int>, _ label: String) -> [UInt8] {
        Array(names.map { "a{\(label)=\"\($0)\"} 1\n" }.joined().utf8)
    }

    /// They would keep whoever keeps them busy, and fill any recording.
    @Test func labelsThatAreNewEachTimeAreRefused() throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        let each = 5_000
        var refused = 0
        for round in 0..<8 {
            do throws(PageProblem) {
                _ = try reader.read(page(0..<each, "r\(round)"), at: .zero)
                #expect(refused == 0, "for good")
            } catch {
                #expect(error == .newSeries)
                refused += 1
            }
        }
        #expect(refused == 8 - PageReader.mostSeries / each)
        // Until they stay.
        let last = (0..<3).map { _ in try? reader.read(page(0..<each, "b"), at: .zero) }
        #expect(last[2]?.values.count { $0 != nil } == each)
    }

    /// A few are new now and then: together they are too many one day, and nobody needs to hear of it.
    @Test func labelsThatChangeSlowlyAreRead() throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        for round in 0..<30 {
            let reading = try reader.read(
                page(0..<800, "a") + page(0..<900, "r\(round)"), at: .zero)
            #expect(reading.values.count { $0 != nil } == 1_700)
            #expect(reading.series.count <= PageReader.mostSeries)
        }
    }

    /// Another model, on a large page: all labels are others than before.
    @Test func allMayBeNewOnce() throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        for model in 0..<3 {
            for _ in 0..<2 {
                let reading = try reader.read(page(0..<12_000, "model\(model)"), at: .zero)
                #expect(reading.values.count { $0 != nil } == 12_000)
            }
        }
    }

    @Test func secretsStayOut() throws {
        var reader = PageReader(source: SourceID(0), scrubber: Scrubber(secrets: ["sk-very-secret-key"]))
        let reading = try reader.read(Array("a{key=\"sk-very-secret-key\"} 1".utf8), at: .zero)
        #expect(!reading.series[0].text.contains("secret"))
    }

    /// Labels that are new each time.
    @Test func namesAreBoundedTogether() throws {
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets, mostBytes: 4_000)
        var most = 0
        for page in 0..<12 {
            let text = (0..<100).map { "a{b=\"\(page)-\($0)\"} 1\n" }.joined()
            let reading = try reader.read(Array(text.utf8), at: .zero)
            #expect(reading.values.count { $0 != nil } == 100)
            most = max(most, reading.series.reduce(0) { $0 + $1.text.utf8.count })
        }
        #expect(most > 4_000 && most < 6_000)
    }

    @Test(arguments: 0..<200)
    func randomBytesNeverTrap(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("ab_{}\"\\= \t\r\n1.e+#,\u{0}é".utf8) + [0xFF, 0x80]
        var reader = PageReader(source: SourceID(0), scrubber: .withoutSecrets)
        for _ in 0..<5 {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            guard let reading = try? reader.read(bytes, at: .zero) else { continue }
            #expect(reading.values.count == reading.series.count)
            for series in reading.series { _ = SeriesMeaning(series.text) }
        }
    }

    @Test(
        arguments: [
            "0", "1", "0.0", "12.5", "0.1", "1.79531792602e+09", "3.5786276864e+010", "123456789012345",
            "1234567890123456", "0.022038567493112950", "1e-7", "9007199254740993", "0.3", "1.10", "-5", "5.",
            ".5",
        ])
    func numbers(text: String) {
        Array(text.utf8).withUnsafeBufferPointer { #expect(MetricsNumber.parse($0[...]) == Double(text)) }
    }

    @Test(
        arguments: [
            ("a", "a", [:]), ("a{}", "a", [:]), ("a{b=\"c\"}", "a", ["b": "c"]),
            ("a{b=\"c\", d=\"e\"}", "a", ["b": "c", "d": "e"]), ("a{b=\"c\",}", "a", ["b": "c"]),
            ("a{b=\"x\\\"y\\\\z\\nw\"}", "a", ["b": "x\"y\\z\nw"]),
            ("a{b=\"}\",c=\"=\"}", "a", ["b": "}", "c": "="]),
            ("a{b=c}", "a", [:]), ("a{b=\"c}", "a", [:]),
        ] as [(String, String, [String: String])])
    func labels(text: String, name: String, labels: [String: String]) {
        let series = SeriesName(text)
        #expect(series.name == name)
        #expect(Dictionary(uniqueKeysWithValues: series.labels.map { (String($0.key), $0.value) }) == labels)
    }
}
