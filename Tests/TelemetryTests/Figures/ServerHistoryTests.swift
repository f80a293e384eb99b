import Measure
import Testing

@testable import Telemetry

@Suite struct ServerHistoryTests {
    private static func page(_ tokens: Double, start: Double? = nil, other: Double? = nil) -> String {
        (start.map { "process_start_time_seconds \($0)\n" } ?? "")
            + "vllm:generation_tokens_total \(tokens)\n"
            + (other.map { "vllm:prompt_tokens_total \($0)\n" } ?? "")
    }

    @Test func oneReadingTellsNoRate() throws {
        let figures = try Watched.once(Self.page(500))
        #expect(figures.elapsed == nil && figures.generationTokensPerSecond == nil)
        #expect(Watched().history.figures(over: .minute) == nil)
    }

    /// Buckets that are new each time don't fill the memory.
    @Test func columnsAreBounded() throws {
        var watched = Watched()
        var most = 0
        for second in 0..<38 {
            let bounds = (0..<900).map { "\(900 * second + $0 + 1)" } + ["+Inf"]
            let page = bounds.map { "vllm:time_to_first_token_seconds_bucket{le=\"\($0)\"} 1\n" }.joined()
            try watched.take(page, at: Double(second))
            most = max(most, watched.history.columns.count)
        }
        #expect(most > PageColumns.mostColumns && most < PageColumns.mostColumns + 4_000)
        #expect(watched.history.points.count == 1)
    }

    @Test func spans() throws {
        var watched = Watched()
        for second in 0...400 {
            // 10 a second, and 100 in the last ten.
            let tokens = second <= 390 ? 10 * second : 3900 + 100 * (second - 390)
            try watched.take(Self.page(Double(tokens)), at: Double(second))
        }
        #expect(try watched.figures(.scrape).generationTokensPerSecond == 100)
        #expect(try watched.figures(.minute).generationTokensPerSecond == 25)
        #expect(try watched.figures(.minute).elapsed == 60 * .second)
        // Further back there is a point in five seconds; the time is what it is.
        #expect(isNear(try watched.figures(.fiveMinutes).generationTokensPerSecond, 13, by: 0.02))
        #expect(isNear(try watched.figures(.session).generationTokensPerSecond, 4900.0 / 400))
    }

    @Test func aRestartIsAnEventAndNoSpike() throws {
        var watched = Watched()
        let start = Watched.epoch
        try watched.take(Self.page(1_000_000, start: start - 500), at: 0)
        try watched.take(Self.page(1_000_100, start: start - 500), at: 1)
        try watched.take(Self.page(30, start: start + 1.5), at: 2)
        try watched.take(Self.page(80, start: start + 1.5), at: 3)
        #expect(watched.events == [.restarted])
        #expect(try watched.figures().generatedTokens == 180)
    }

    /// llama.cpp and others don't say when they began.
    @Test func aRestartByItsCountersAlone() throws {
        var watched = Watched()
        try watched.take(Self.page(1000, other: 500), at: 0)
        try watched.take(Self.page(30, other: 20), at: 1)
        #expect(watched.events == [.restarted])
        #expect(try watched.figures().generatedTokens == 30)
    }

    @Test func aCounterThatJumpsBackAddsNothing() throws {
        var watched = Watched()
        let start = Watched.epoch - 500
        for (second, tokens) in [100.0, 200, 150, 170].enumerated() {
            try watched.take(Self.page(tokens, start: start, other: Double(second)), at: Double(second))
        }
        #expect(watched.events == [.countersFell])
        #expect(try watched.figures().generatedTokens == 120)
    }

    /// A balancer in front of two replicas: their counters lie far apart.
    @Test func anotherReplicaMakesNoSpike() throws {
        var watched = Watched()
        let start = Watched.epoch
        try watched.take(Self.page(100, start: start - 500), at: 0)
        try watched.take(Self.page(900_000, start: start - 900), at: 1)
        try watched.take(Self.page(110, start: start - 500), at: 2)
        #expect(watched.events == [.otherReplica, .otherReplica])
        #expect(try watched.figures().generatedTokens == 0)
    }

    /// Its clock is two hours behind: nobody can say that it began since, but nothing is counted that was not.
    @Test func aClockThatIsFarOff() throws {
        var watched = Watched()
        let start = Watched.epoch - 7200
        try watched.take(Self.page(1000, start: start - 500), at: 0)
        try watched.take(Self.page(30, start: start), at: 1)
        try watched.take(Self.page(50, start: start), at: 2)
        #expect(watched.events == [.otherReplica])
        #expect(try watched.figures().generatedTokens == 20)
    }

    @Test func missingIsNotZero() throws {
        var watched = try Watched.twice(Self.page(10, other: 10), Self.page(20, other: 20))
        try watched.take(Self.page(40), at: 20)
        let figures = try watched.figures(.scrape)
        #expect(figures.generationTokensPerSecond == 2)
        #expect(figures.promptTokensPerSecond == nil && figures.running == nil && figures.ttft == nil)
        // It comes back, and what it counted meanwhile is not lost.
        try watched.take(Self.page(50, other: 50), at: 30)
        #expect(try watched.figures(.session).promptTokens == 40)
    }

    /// The first 500 makes its series: it is one, not none.
    @Test func aLabelThatComesUpBeginsAtZero() throws {
        let fine = "http_requests_total{status=\"2xx\"} "
        let watched = try Watched.twice(fine + "10", fine + "20\nhttp_requests_total{status=\"5xx\"} 3")
        #expect(try watched.figures().errorsPerSecond == 0.3)
        // A metric that was not there at all may have counted for a year.
        let new = try Watched.twice(
            "vllm:num_requests_running 1", Self.page(1e9) + "vllm:num_requests_running 1")
        #expect(try new.figures().generatedTokens == 0)
    }

    /// The server before it had 900 errors: the first one of this one is the first one.
    @Test func whatTheServerBeforeSaidIsForgotten() throws {
        var watched = Watched()
        func page(_ fine: Int, _ failed: Int?, start: Double) -> String {
            "process_start_time_seconds \(Watched.epoch + start)\nhttp_requests_total{status=\"2xx\"} \(fine)\n"
                + (failed.map { "http_requests_total{status=\"5xx\"} \($0)\n" } ?? "")
        }
        try watched.take(page(1000, 900, start: -500), at: 0)
        for second in 1...90 { try watched.take(page(second, nil, start: 0.5), at: Double(second)) }
        try watched.take(page(91, 3, start: 0.5), at: 91)
        #expect(watched.events == [.restarted])
        let figures = try watched.figures(.minute)
        #expect(figures.errors == 3)
        #expect(try watched.figures(.session).errors == 3)
    }

    /// Full before, and full after: of the time in between nobody knows.
    @Test func anAbsenceIsNoLoad() throws {
        var watched = Watched()
        for second in [0.0, 1, 50, 51] {
            let running = second < 10 ? 8 : 2
            try watched.take(
                "vllm:num_requests_running \(running)\nvllm:num_requests_waiting 0", at: second)
        }
        #expect(watched.events == [.back(after: 49 * .second)])
        #expect(try watched.figures().meanLoad == 5)
    }

    /// The same under another name has counted for long: all of it at once would be a spike.
    @Test(arguments: ["model_name", "engine", "instance"])
    func anotherLabelIsNoSpike(_ label: String) throws {
        func page(_ name: String, _ tokens: Int) -> String {
            "vllm:generation_tokens_total{\(label)=\"\(name)\"} \(tokens)\n"
        }
        var watched = try Watched.twice(page("a", 1_000_000), page("a", 1_000_100))
        try watched.take(page("b", 1_000_200), at: 20)
        try watched.take(page("b", 1_000_300), at: 30)
        // (An engine that isn't there any more takes along what it wrote.)
        let isModel = label == "model_name"
        #expect(try watched.figures().generatedTokens == (isModel ? 200 : 100))
        // Nor is an engine that joins the others, whatever it did before.
        try watched.take(page("b", 1_000_400) + page("c", 5_000), at: 40)
        #expect(try watched.figures().generatedTokens == (isModel ? 5_300 : 200))
    }

    /// A process may say what it likes: what counted on wasn't begun anew.
    @Test func aRestartThatResetNothingIsNoSpike() throws {
        var watched = Watched()
        for second in 0..<5 {
            let start = Watched.epoch + 2 * Double(second)
            try watched.take(Self.page(1_000_000 + 100 * Double(second), start: start), at: Double(second))
        }
        #expect(watched.events.allSatisfy { $0 == .restarted })
        #expect(try watched.figures().generatedTokens == 400)
    }

    @Test func lessThanNothingIsNotKnown() throws {
        let figures = try Watched.once(
            "vllm:num_requests_running -1\nvllm:kv_cache_usage_perc -0.5\nvllm:num_requests_waiting 0\n")
        #expect(figures.running == nil && figures.kvUsage == nil && figures.waiting == 0)
    }

    /// `1e400` is no `+Inf`: there would be two of them.
    @Test func aBoundBeyondAllNumbersIsNone() throws {
        func page(_ count: Int) -> String {
            ["1", "1e400", "+Inf"].map {
                "vllm:time_to_first_token_seconds_bucket{le=\"\($0)\"} \(count)\n"
            }.joined()
                + "vllm:time_to_first_token_seconds_sum \(count)\n"
                + "vllm:time_to_first_token_seconds_count \(count)\n"
        }
        let ttft = try #require(try Watched.twice(page(0), page(100)).figures().ttft)
        #expect(ttft.quantile(.p50)?.value == 0.5e9 && ttft.count == 100)
    }

    /// A server knows half a dozen reasons.
    @Test func reasonsAreBounded() throws {
        func page(_ count: Int) -> String {
            (0..<5_000).map { "vllm:request_success_total{finished_reason=\"\($0)\"} \(count)\n" }.joined()
        }
        let watched = try Watched.twice(page(0), page(1))
        #expect(watched.history.columns.endings.count <= PageColumns.mostEndings + 1)
        #expect(try watched.figures().requestsPerSecond == 500)
    }

    /// Whoever reads had to forget what it knew: the places of its series are others, and nothing is lost.
    @Test func otherPlacesMakeNoSpike() throws {
        var history = Watched().history
        func reading(_ series: [Shown], _ values: [Double?], at second: Int64) -> Reading {
            Reading(
                source: SourceID(0), at: Moment(nanoseconds: second * .second), series: series, values: values
            )
        }
        let (generated, prompt): (Shown, Shown) = ("vllm:generation_tokens_total", "vllm:prompt_tokens_total")
        for (second, tokens) in [100.0, 120].enumerated() {
            #expect(history.take(reading([generated, prompt], [tokens, 9e9], at: Int64(second))) == [])
        }
        #expect(history.take(reading([prompt, generated], [9e9, 140], at: 2)) == [])
        #expect(history.take(reading([prompt, generated], [9e9, 170], at: 3)) == [])
        let figures = try #require(history.figures(over: .session))
        #expect(figures.generatedTokens == 70 && figures.promptTokens == 0)
        // More values than series, as a damaged file may have.
        _ = history.take(reading([prompt], [9e9, 1, 2, 3], at: 4))
    }

    @Test func goneAndBackAreTwoEvents() throws {
        var watched = Watched()
        for second in 0...2 { try watched.take(Self.page(0), at: Double(second)) }
        var events: [ServerEvent] = []
        for second in 3...20 {
            events += watched.history.pass(to: Moment(nanoseconds: Int64(second) * .second))
        }
        #expect(events == [.gone])
        #expect(watched.history.isGone(at: Moment(nanoseconds: 20 * .second)))
        try watched.take(Self.page(5), at: 21)
        #expect(watched.events == [.back(after: 19 * .second)])
        #expect(try watched.figures(.scrape).generatedTokens == 5)
        #expect(!watched.history.isGone(at: Moment(nanoseconds: 22 * .second)))
    }

    @Test func meanLoadAndPeaks() throws {
        var watched = Watched()
        for (second, (running, waiting)) in [(4, 0), (4, 0), (8, 10), (8, 0), (4, 0)].enumerated() {
            try watched.take(
                "vllm:num_requests_running \(running)\nvllm:num_requests_waiting \(waiting)",
                at: Double(second))
        }
        let figures = try watched.figures()
        // (4 + 6 + 8 + 6)/4 and (0 + 5 + 5 + 0)/4
        #expect(figures.meanLoad == 8.5)
        #expect(figures.peakWaiting == 10 && figures.waiting == 0)
    }

    // MARK: Histograms

    private static func histogram(
        _ bounds: [String], _ counts: [Int], sum: Double = 0, labels: String = "engine=\"0\""
    ) -> String {
        zip(bounds, counts).map {
            "vllm:time_to_first_token_seconds_bucket{\(labels),le=\"\($0)\"} \($1)\n"
        }.joined()
            + "vllm:time_to_first_token_seconds_count{\(labels)} \(counts.max() ?? 0)\nvllm:time_to_first_token_seconds_sum{\(labels)} \(sum)\n"
    }

    @Test func bucketsOutOfOrder() throws {
        let bounds = ["+Inf", "0.1", "1.0", "0.5"]
        let watched = try Watched.twice(
            Self.histogram(bounds, [0, 0, 0, 0]), Self.histogram(bounds, [10, 2, 8, 5], sum: 4))
        let ttft = try watched.figures().ttft
        #expect(
            ttft?.buckets == BucketCounts(bounds: [0.1e9, 0.5e9, 1e9, .infinity], counts: [2, 3, 3, 2]))
        #expect(ttft?.mean == 0.4e9)
        #expect(ttft?.quantile(.p50) == BucketQuantile(value: 0.5e9, isAtLeast: false))
        #expect(ttft?.quantile(.p95) == BucketQuantile(value: 1e9, isAtLeast: true))
    }

    @Test func enginesAddUpByBucket() throws {
        func page(_ first: [Int], _ second: [Int]) -> String {
            Self.histogram(["1", "+Inf"], first)
                + Self.histogram(["1", "+Inf"], second, labels: "engine=\"1\"")
        }
        let watched = try Watched.twice(page([0, 0], [5, 5]), page([4, 8], [7, 8]))
        #expect(try watched.figures().ttft?.buckets?.counts == [6, 5])
        #expect(try watched.figures(engine: "1").ttft?.buckets?.counts == [2, 1])
    }

    /// Their quantiles can't be told together; their mean can.
    @Test func enginesWithDifferentBuckets() throws {
        func page(_ n: Int) -> String {
            Self.histogram(["1", "+Inf"], [n, n], sum: Double(n))
                + Self.histogram(["2", "+Inf"], [n, n], sum: 3 * Double(n), labels: "engine=\"1\"")
        }
        let watched = try Watched.twice(page(0), page(4))
        let ttft = try watched.figures().ttft
        #expect(ttft?.buckets == nil && ttft?.mean == 2e9 && ttft?.count == 8)
        #expect(try watched.figures(engine: "1").ttft?.buckets?.counts == [4, 0])
    }

    @Test func bucketsThatChangeInMidSession() throws {
        var watched = Watched()
        try watched.take(Self.histogram(["1", "+Inf"], [0, 0]), at: 0)
        try watched.take(Self.histogram(["1", "+Inf"], [5, 10]), at: 1)
        try watched.take(Self.histogram(["0.5", "1", "+Inf"], [3, 6, 12]), at: 2)
        #expect(watched.events == [.bucketsChanged])
        try watched.take(Self.histogram(["0.5", "1", "+Inf"], [4, 8, 16]), at: 3)
        // Since the change.
        #expect(
            try watched.figures().ttft?.buckets
                == BucketCounts(
                    bounds: [0.5e9, 1e9, .infinity], counts: [1, 1, 2]))
    }

    /// One bucket alone fell: nothing of the histogram can be held against what was before.
    @Test func aBucketThatFellTakesItsHistogramAlong() throws {
        var watched = Watched()
        let rest = "vllm:prompt_tokens_total "
        try watched.take(Self.histogram(["1", "+Inf"], [5, 10]) + rest + "1", at: 0)
        try watched.take(Self.histogram(["1", "+Inf"], [4, 12], sum: 9) + rest + "2\n", at: 1)
        #expect(watched.events == [.countersFell])
        #expect(try watched.figures().ttft?.count == 0)
        try watched.take(Self.histogram(["1", "+Inf"], [5, 14], sum: 10) + rest + "3\n", at: 2)
        #expect(try watched.figures().ttft?.buckets?.counts == [1, 1])
    }

    @Test func withoutAnEndThereAreNoBuckets() throws {
        let watched = try Watched.twice(Self.histogram(["1"], [0]), Self.histogram(["1"], [4], sum: 2))
        let ttft = try watched.figures().ttft
        #expect(ttft?.buckets == nil && ttft?.mean == 0.5e9)
    }

    /// The course of a chart adds up to the whole, but for what came before its first point.
    @Test func theCourse() throws {
        var watched = Watched()
        for second in 0...3000 { try watched.take(Self.page(Double(second * second)), at: Double(second)) }
        let course = watched.history.course(since: .zero)
        #expect(course.reduce(0) { $0 + ($1.figures.generatedTokens ?? 0) } == 9_000_000 - 29 * 29)
        #expect(course.count < 500 && watched.history.points.count < 500)
        #expect(watched.history.course(since: Moment(nanoseconds: 2940 * .second)).count == 60)
    }
}
