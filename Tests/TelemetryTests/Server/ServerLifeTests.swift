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

    @Test func theTypeCountsBeforeTheName() {
        let page = """
            # HELP a_total Total
            # TYPE a_total gauge
            a_total 3
            # TYPE b counter
            b_total 4
            # TYPE c counter
            c 5
            # TYPE d histogram
            d_count 6
            d_sum 7
            # TYPE queue_count gauge
            queue_count 8
            """
        #expect(life(page).counters == ["b_total": 4, "c": 5, "d_count": 6])
    }

    /// Another replica's counters, where pages don't tell when their process began.
    @Test func someHigherAndSomeLowerIsNoRestart() {
        let before = life("a_total 10\nb_total 20\nc_total 30\n")
        #expect(!life("a_total 5\nb_total 25\nc_total 35\n").isNewborn(since: before))
        #expect(!life("a_total 5\nb_total 25\n").isNewborn(since: before))
        #expect(life("a_total 5\nb_total 2\nc_total 35\n").isNewborn(since: before))
    }

    @Test func onlyCountersCount() {
        let before = life("a 9\nb_total{x=\"1\"} 5\nh_count 7\ngone_total 3\n")
        #expect(!life("a 1\nb_total{x=\"1\"} 5\nb_total{x=\"2\"} 1\nh_count 7\n").isNewborn(since: before))
        #expect(life("b_total{x=\"1\"} 4\n").isNewborn(since: before))
        #expect(life("h_count 6\n").isNewborn(since: before))
        #expect(!life("b_total{x=\"1\"} NaN\n").isNewborn(since: before))
    }
}
