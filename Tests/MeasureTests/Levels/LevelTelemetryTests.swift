import Foundation
import Measure
import Testing

@testable import Measure

@Suite struct LevelTelemetryTests {
    private static var figures: ServerFigures {
        var figures = ServerFigures()
        figures.elapsed = 20 * .second
        figures.ttft = LatencyFigures(count: 40, mean: 80e6, buckets: nil)
        figures.queue = LatencyFigures(count: 40, mean: 20e6, buckets: nil)
        figures.peakWaiting = 3
        figures.peakKVUsage = 0.5
        figures.preemptionsPerSecond = 0.1
        figures.prefixHitRate = 0.25
        figures.speculation = Speculation(acceptance: 0.7, length: 3, byPosition: [])
        return figures
    }

    private func gpu(_ index: Int, watts: Double?, busy: Double = 0.9, throttled: Double = 0) -> GPUFigures {
        var gpu = GPUFigures(index: index)
        gpu.meanUtilisation = busy
        gpu.meanWatts = watts
        gpu.throttledShare = throttled
        return gpu
    }

    @Test func whatAServerSays() {
        let told = LevelTelemetry(Self.figures)
        #expect(told.ttft == 80e6 && told.queue == 20e6 && told.prefill == nil)
        #expect(told.waitingMax == 3 && told.kvMax == 0.5 && told.preemptions == 2)
        #expect(told.prefixHitRate == 0.25 && told.acceptance == 0.7 && told.foreign == nil)
        #expect(LevelTelemetry(ServerFigures()) == LevelTelemetry(), "nothing is not 0")
    }

    @Test func whatItsGPUsDid() {
        var told = LevelTelemetry()
        told.add(
            serving: [gpu(0, watts: 600, busy: 0.9), gpu(1, watts: 500, busy: 0.7, throttled: 0.3)],
            energy: .success(0.5))
        #expect(told.gpuUtilisation == 0.8 && told.watts == 1_100 && told.throttledShare == 0.3)
        #expect(told.joulesPerToken == 0.5 && told.noEnergy == nil)
        // A sum with one of them missing is no sum.
        told.add(serving: [gpu(0, watts: 600), gpu(1, watts: nil)], energy: .failure(.gap))
        #expect(told.watts == nil && told.noEnergy == .gap)
        told.add(serving: [], energy: .failure(.unknownGPUs))
        #expect(told.gpuUtilisation == nil && told.throttledShare == nil)
    }

    @Test func columns() {
        var level = LevelResult.sample()
        func cell(_ name: String) -> ColumnValue? {
            level.columns(endpoint: nil, anchor: WallAnchor(moment: .zero, unixNanoseconds: 0))
                .first { $0.name == name }?.value
        }
        #expect(cell("server_mean_ttft_ms") == .missing && cell("joules_per_token") == .missing)
        level.telemetry = LevelTelemetry(Self.figures)
        level.telemetry?.add(serving: [gpu(0, watts: 612)], energy: .failure(.shared))
        #expect(cell("server_mean_ttft_ms") == .number(80) && cell("server_mean_queue_ms") == .number(20))
        #expect(cell("server_mean_prefill_ms") == .missing)
        #expect(cell("server_waiting_max") == .number(3) && cell("server_preemptions") == .number(2))
        #expect(cell("gpu_power_w") == .number(612))
        #expect(cell("joules_per_token") == .missing && cell("joules_per_token_unknown") == .text("shared"))
        #expect(cell("trust_foreign_load") == .flag(false))
    }

    @Test func theWayBetween() {
        var level = LevelResult.sample()
        level.telemetry = LevelTelemetry()
        #expect(level.ttftOnTheWay == nil)
        level.telemetry?.ttft = level.ttft.mean - 4e6
        #expect(level.ttftOnTheWay == 4e6)
        level.telemetry?.ttft = level.ttft.mean + 1e6
        #expect(level.ttftOnTheWay == nil, "another clock than the client's")
    }

    @Test func inFiles() throws {
        var told = LevelTelemetry(Self.figures)
        told.noEnergy = .gap
        told.foreign = ForeignLoad(requestsPerSecond: 1)
        let data = try JSONEncoder().encode(told)
        #expect(try JSONDecoder().decode(LevelTelemetry.self, from: data) == told)
        let later = String(decoding: data, as: UTF8.self).replacing("\"gap\"", with: "\"some-later-reason\"")
        let read = try JSONDecoder().decode(LevelTelemetry.self, from: Data(later.utf8))
        #expect(read.noEnergy == .notMeasured && read.ttft == 80e6)
    }
}
