import Measure
import Testing

@testable import Measure

/// What scripts may rely on.
@Suite struct LevelColumnsTests {
    private let anchor = WallAnchor(moment: .zero, unixNanoseconds: 0)

    private func cell(_ name: String, _ change: (inout LevelResult) -> Void = { _ in }) -> ColumnValue? {
        var level = LevelResult.sample()
        change(&level)
        return level.columns(endpoint: nil, anchor: anchor).first { $0.name == name }?.value
    }

    /// Among them that of each kind of failure and of each flag: a new one has to be written down, at the end.
    @Test func eachCellHasAPlaceAndEachPlaceACell() {
        let cells = LevelResult.sample().cells(endpoint: nil, anchor: anchor).map(\.name)
        #expect(Set(cells).count == cells.count)
        #expect(Set(LevelResult.columnNames).count == LevelResult.columnNames.count)
        #expect(Set(cells) == Set(LevelResult.columnNames))
        let request = RequestRecord(
            number: 1, endpoint: EndpointID(0), user: 0, turn: 0, intended: .zero, sent: .zero, end: .zero)
        let columns = request.columns(endpoint: nil, anchor: anchor, level: nil, gaps: nil)
        #expect(columns.map(\.name) == RequestRecord.columnNames)
        #expect(columns.first { $0.name == "request" }?.value == .integer(1))
    }

    @Test func unknownIsEmptyNotNothing() {
        #expect(cell("total_input_tokens") == .integer(500 * 128))
        // One of the completed answers didn't say.
        #expect(cell("total_input_tokens") { $0.inputsSaid = 499 } == .missing)
        #expect(cell("total_token_throughput") { $0.inputsSaid = 499 } == .missing)
        #expect(cell("output_throughput") { $0.inputsSaid = 499 } == .number(1600))
        #expect(cell("cached_tokens") { $0.cachedSaid = 0 } == .missing)
        #expect(cell("cached_tokens") { $0.cachedSaid = 3 } == .integer(0))
        // Files of old didn't count who said.
        #expect(cell("total_input_tokens") { $0.inputsSaid = nil } == .integer(500 * 128))
        #expect(
            cell("total_input_tokens") {
                $0.inputsSaid = nil
                $0.inputTokens = 0
            } == .missing)
        #expect(cell("mean_requests_out") { $0.occupancy = nil } == .missing)
        #expect(cell("mean_tail_ms") { $0.tail = .empty } == .missing)
        #expect(cell("mean_tail_ms") == .number(0.1))
        #expect(cell("refused_counts") { $0.refusedCounts = nil } == .missing)
        #expect(cell("last_error") == .missing)
        #expect(cell("last_error") { $0.lastError = "slow down" } == .text("slow down"))
    }

    @Test func deadColumnsStayEmptyAndKeepWhatOldFilesSaid() {
        #expect(cell("littles_law_ratio") == .missing)
        #expect(cell("trust_littles_law") == .missing)
        #expect(cell("littles_law_ratio") { $0.littlesLawRatio = 0.9 } == .number(0.9))
        #expect(cell("trust_littles_law") { $0.littlesLawRatio = 0.9 } == .flag(true))
        #expect(cell("trust_littles_law") { $0.littlesLawRatio = 0.97 } == .flag(false))
        #expect(cell("trust_few_samples") == .flag(false))
        #expect(cell("trust_few_samples") { $0.completed = 24 } == .flag(true))
    }

    @Test func anErrorShareOfNothingIsUnknown() {
        #expect(
            cell("error_rate") {
                $0.completed = 0
                $0.failed = 0
            } == .missing)
    }
}
