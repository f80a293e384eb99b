import Measure
import Simulator
import Testing

@testable import Telemetry

/// What the simulator tells is what is read of it.
@Suite struct SimulatedPageTests {
    @Test func everyMetricOfItsPageMeansSomething() async throws {
        let server = try await SimulatedServer.start(SimulatorSettings(engines: 2))
        let page = try await server.metricsPage()
        await server.stop()
        var watched = Watched()
        try watched.take(page, at: 0)
        try watched.take(page, at: 1)
        let figures = try watched.figures()
        #expect(watched.history.kind == .vllm && watched.history.model == "simulated-8b")
        #expect(watched.history.engines == ["0", "1"])
        #expect(figures.kvCapacityTokens == 262_144)
        #expect(figures.running == 0 && figures.isAsleep == false && figures.requestsPerSecond == 0)
        for latency in [figures.ttft, figures.itl, figures.tpot, figures.e2e, figures.queue, figures.prefill]
        {
            #expect(latency?.count == 0 && latency?.buckets != nil)
        }
        // vLLM's own buckets.
        var real = Watched()
        try real.take(try Capture.bytes("series/vllm-10.txt"), at: 0)
        try real.take(try Capture.bytes("series/vllm-18.txt"), at: 1)
        let captured = try real.figures()
        #expect(figures.ttft?.buckets?.bounds == captured.ttft?.buckets?.bounds)
        #expect(figures.itl?.buckets?.bounds == captured.itl?.buckets?.bounds)
        #expect(figures.tpot?.buckets?.bounds == captured.tpot?.buckets?.bounds)
        #expect(figures.queue?.buckets?.bounds == captured.queue?.buckets?.bounds)
    }
}
