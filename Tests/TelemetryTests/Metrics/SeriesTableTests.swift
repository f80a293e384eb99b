import Measure
import Testing

@testable import Telemetry

@Suite struct SeriesTableTests {
    private static func page(_ text: String) -> MetricsPage { MetricsPage(parsing: Array(text.utf8)) }

    @Test func seriesKeepTheirPlaces() {
        var table = SeriesTable()
        func read(_ text: String) -> Reading {
            table.reading(of: Self.page(text), from: SourceID(3), at: .zero, scrubber: .withoutSecrets)
        }
        let first = read("a 1\nb{x=\"1\"} 2\n")
        #expect(first.source == SourceID(3))
        #expect(first.series == ["a", "b{x=\"1\"}"] && first.values == [1, 2])
        let second = read("c 5\na 3\n")
        #expect(second.series == ["a", "b{x=\"1\"}", "c"] && second.values == [3, nil, 5])
    }

    @Test func memoryIsBounded() {
        var table = SeriesTable()
        for round in 0..<3 {
            let lines = (0..<10_000).map { "s\(round)_\($0) 1\n" }.joined()
            let reading = table.reading(
                of: Self.page(lines), from: SourceID(0), at: .zero, scrubber: .withoutSecrets)
            #expect(reading.series.count == min(SeriesTable.most, (round + 1) * 10_000))
        }
    }

    @Test func secretsAreScrubbed() {
        var table = SeriesTable()
        let secret = "sk-0123456789abcdef"
        let reading = table.reading(
            of: Self.page("a{key=\"\(secret)\"} 1\n"), from: SourceID(0), at: .zero,
            scrubber: Scrubber(secrets: [secret]))
        #expect(reading.series.first?.text.contains(secret) == false)
    }
}
