import Foundation
import Measure
import Testing

@testable import Recording

/// Files of yesterday lack something, files of tomorrow have more: both open.
@Suite struct ToleranceTests {
    private func level(_ json: String) throws -> LevelResult {
        try RecordingJSON.decode(LevelResult.self, from: json)
    }

    private let least = #""endpoint":0,"level":3,"concurrency":8,"windowStart":5,"windowEnd":1000000005"#

    @Test func whatIsMissingIsFilledIn() throws {
        let level = try level("{\(least)}")
        #expect(level.level == 3 && level.concurrency == 8 && level.duration == .second)
        #expect(level.completed == 0 && level.failures.isEmpty && level.trust.isEmpty)
        #expect(level.ttft.count == 0 && level.ttft.mean.isNaN && level.tail.count == 0)
        #expect(level.occupancy == nil && level.refusedCounts == nil && level.inputsSaid == nil)
        #expect(level.isPlausible(in: .zero...Moment(nanoseconds: 2_000_000_000)))
    }

    @Test func unknownWordsAreLeftOut() throws {
        let level = try level(
            """
            {\(least),"trust":["cut-short","haunted","littles-law","few-samples","errors"],
            "tokenSources":["usage","guessed"],"failures":["timeout",2,"eaten",3,"other",1],"failed":6,
            "lag":{"timerP99":5,"mood":"fine"},"ttft":{"count":1,"mean":7},"verdict":{"of":["tomorrow"]}}
            """)
        #expect(level.trust == [.cutShort, .errors])
        #expect(level.tokenSources == [.usage])
        // A failure of an unknown kind happened all the same.
        #expect(level.failures == [.timeout: 2, .other: 4])
        #expect(level.lag.timerP99 == 5)
        #expect(level.ttft.mean == 7 && level.ttft.p50.isNaN && level.ttft.bins.counts.count == LogBins.count)
        #expect(level.isPlausible(in: .zero...Moment(nanoseconds: 2_000_000_000)))
    }

    @Test func anEndForAnUnknownReasonIsAnEnd() throws {
        let ends = try RecordingJSON.decode([SweepEnd].self, from: #"["plan-done","eaten"]"#)
        #expect(ends == [.planDone, .stopped])
    }

    @Test func withoutItsWindowItIsNoLevel() {
        #expect(throws: (any Error).self) { try level(#"{"endpoint":0,"level":3,"concurrency":8}"#) }
    }

    @Test func whatIsWrittenIsRead() throws {
        var level = try level("{\(least)}")
        level.failures = [.rateLimited: 3]
        level.trust = [.buffered, .usersIdle]
        level.occupancy = Occupancy(out: 1, connecting: 2, waiting: 3)
        level.bufferedAnswers = 4
        level.burstPause = 5
        level.refusedCounts = 6
        level.stoodStill = 7
        level.drift = Estimate(mean: 0.1, halfWidth: nil)
        level.lastError = "slow down"
        level.inputsSaid = 8
        level.cachedSaid = 9
        level.lag = LagSummary(readP95: 1, loopCPUShare: 0.5)
        level.tail = Distribution(
            count: 1, mean: 1, standardDeviation: 0, min: 1, max: 1, p50: 1, p90: 1, p95: 1, p99: 1,
            bins: LogBins())
        let again = try self.level(RecordingJSON.encode(level))
        #expect(try RecordingJSON.encode(again) == RecordingJSON.encode(level))
        #expect(again.tail == level.tail && again.lag == level.lag && again.lastError == "slow down")
    }

    /// Its tables of `levels` and `requests` are what they were, whatever the CSV has grown to.
    @Test func theColumnsOfFormat1AreFrozen() {
        #expect(LevelCells.format1.count == 94)
        #expect(LevelCells.format1 == Array(LevelResult.columnNames.prefix(94)))
        #expect(LevelCells.format1.last == "trust_gpu_throttled")
        #expect(RequestRow.format1.count == 26 && RequestRow.format1.last == "end_unix")
    }

    @Test func theColumnsOfFormat2AreFrozen() {
        #expect(LevelCells.columns.count == 120)
        #expect(LevelCells.columns.dropLast() == LevelResult.columnNames.prefix(119))
        #expect(LevelCells.columns.last == "load")
        #expect(RequestRow.columns.suffix(3) == ["end_unix", "count_refused", "due"])
    }

    @Test func eventsMayHaveMoreOrLess() throws {
        func event(_ json: String) throws -> ControlEvent? { try RecordedEvent(from: json).known }
        #expect(
            try event(#"{"windowOpened":{"_0":0,"level":2,"at":9}}"#)
                == .windowOpened(EndpointID(0), level: 2, at: Moment(nanoseconds: 9)))
        #expect(
            try event(#"{"windowOpened":{"_0":0,"level":2,"at":9,"cpu":4,"mood":"fine"}}"#)
                == .windowOpened(EndpointID(0), level: 2, at: Moment(nanoseconds: 9), cpu: 4))
        #expect(
            try event(#"{"windowExplained":{"_0":0,"level":2,"_2":{"cutShort":true,"hot":1},"at":9}}"#)
                == .windowExplained(
                    EndpointID(0), level: 2, WindowCircumstances(cutShort: true), at: Moment(nanoseconds: 9)))
        #expect(try event(#"{"eaten":{"by":["a","bear"]}}"#) == nil)
        for damaged in [
            #"{"windowOpened":{"_0":0}}"#, #"{"marked":7}"#, "{", "{}", "[]", "7", #"{"a":1,"b":2}"#,
        ] {
            #expect(throws: (any Error).self, "\(damaged)") { try event(damaged) }
        }
    }
}
