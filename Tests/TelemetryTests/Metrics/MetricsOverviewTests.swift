import Measure
import Testing

@testable import Telemetry

@Suite struct MetricsOverviewTests {
    private static let page = """
        # TYPE vllm:ttft_seconds histogram
        vllm:ttft_seconds_bucket{le="1"} 3
        vllm:ttft_seconds_sum 2.5
        vllm:ttft_seconds_count 3
        # TYPE vllm:prompt_tokens_total counter
        vllm:prompt_tokens_total{model="m"} 12
        vllm:prompt_tokens_created{model="m"} 1.7e9
        python_info 1
        process_start_time_seconds 5
        odd_count 1
        """

    @Test func familiesNotSeries() {
        let families = MetricsOverview.families(on: MetricsPage(parsing: Self.page.utf8))
        #expect(families == ["odd_count", "vllm:prompt_tokens_total", "vllm:ttft_seconds"])
    }

    private func find(_ reply: @escaping @Sendable (String) -> ServerWatch.Reply) async -> MetricsOverview? {
        await MetricsOverview.find(paths: ["/a/metrics", "/metrics"], scrubber: .withoutSecrets) { reply($0) }
    }

    @Test func theFirstPageThatHasAny() async {
        let page = ServerWatch.Reply.page(Array(Self.page.utf8))
        #expect(await find { $0 == "/metrics" ? page : .noPage }?.path == "/metrics")
        #expect(await find { $0 == "/metrics" ? page : .page([]) }?.path == "/metrics")
        #expect(await find { _ in page }?.path == "/a/metrics")
        #expect(await find { _ in .noPage } == nil)
        #expect(await find { $0 == "/metrics" ? page : .noAnswer } == nil, "whoever is busy isn't asked on")
    }
}
