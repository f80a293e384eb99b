import Testing

@testable import Telemetry

@Suite struct ServerLifeTests {
    private func life(_ page: String, at moment: Double = 1_000_000) -> ServerLife {
        ServerLife(MetricsPage(parsing: page.utf8), readAt: moment)
    }

    @Test(arguments: ["vllm", "llama"])
    func aServerThatWentOnIsTheSame(name: String) throws {
        let before = ServerLife(try Capture.page(name + "-before"), readAt: 1_795_318_000)
        let after = ServerLife(try Capture.page(name), readAt: 1_795_318_060)
        #expect(!before.counters.isEmpty)
        #expect(before != after)
        #expect(!after.isNewborn(since: before))
        #expect(!after.isNewborn(since: after))
    }

    /// llama.cpp's page doesn't say when the process began.
    @Test func aCounterThatFellIsARestart() throws {
        let before = ServerLife(try Capture.page("llama"), readAt: 0)
        let after = ServerLife(try Capture.page("llama-before"), readAt: 60)
        #expect(before.startedAt == nil)
        #expect(after.isNewborn(since: before))
    }

    @Test func aLaterStartIsARestart() {
        let before = life("process_start_time_seconds 999000\n", at: 1_000_000)
        #expect(life("process_start_time_seconds 1000020\n").isNewborn(since: before))
        #expect(!life("process_start_time_seconds 999000.4\n").isNewborn(since: before))
        // A calendar that lags behind ours.
        #expect(life("process_start_time_seconds 999970\n").isNewborn(since: before))
    }

    @Test func anotherReplicaIsNone() {
        let before = life("process_start_time_seconds 900000\nx_total 100\n", at: 1_000_000)
        #expect(!life("process_start_time_seconds 950000\nx_total 3\n").isNewborn(since: before))
        #expect(!life("process_start_time_seconds 800000\nx_total 3\n").isNewborn(since: before))
    }

    @Test func onlyCountersCount() {
        let before = life("a 9\nb_total{x=\"1\"} 5\nh_count 7\ngone_total 3\n")
        #expect(!life("a 1\nb_total{x=\"1\"} 5\nb_total{x=\"2\"} 1\nh_count 7\n").isNewborn(since: before))
        #expect(life("b_total{x=\"1\"} 4\n").isNewborn(since: before))
        #expect(life("h_count 6\n").isNewborn(since: before))
        #expect(!life("b_total{x=\"1\"} NaN\n").isNewborn(since: before))
    }
}
