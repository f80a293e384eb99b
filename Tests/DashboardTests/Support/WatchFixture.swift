import Charts
import Glibc
import Measure

@testable import Dashboard

/// Builds snapshots of a watch as the ledger would: servers whose figures follow a story over time.
struct WatchFixture {
    static let start = Moment(nanoseconds: 1_000 * .second)
    /// 2026-11-26 13:50:00 UTC.
    static let unix: Int64 = 1_795_701_000 * 1_000_000_000

    /// What a server did in the second that ends at `second`, and what an engine of it did.
    struct Story: Sendable {
        var kind = ServerKind.vllm
        var model = "llama-70b"
        var running: @Sendable (Int) -> Double = { _ in 40 }
        var waiting: @Sendable (Int) -> Double = { _ in 0 }
        var kv: @Sendable (Int) -> Double? = { _ in 0.78 }
        var output = 1_900.0
        var input = 9_800.0
        /// Seconds.
        var ttft: @Sendable (Int) -> Double? = { _ in 0.18 }
        var queue: @Sendable (Int) -> Double = { _ in 0.01 }
        var tpot: @Sendable (Int) -> Double? = { _ in 0.031 }
        var hit: @Sendable (Int) -> Double? = { _ in 0.61 }
        var preemptions: @Sendable (Int) -> Double? = { _ in 0 }
        var acceptance: Double? = nil
        var errors: Double = 0
        var answers = 7.0
    }

    static let ttftBounds =
        [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20]
        .map { $0 * 1e9 } + [.infinity]
    static let tpotBounds =
        [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 1].map { $0 * 1e9 } + [
            .infinity
        ]

    static func latency(_ seconds: Double?, bounds: [Double], count: Double, spread: Double = 0.25)
        -> LatencyFigures?
    {
        guard let seconds else { return nil }
        // Quantiles of a log-logistic: closed form, no randomness.
        func below(_ bound: Double) -> Double {
            bound.isFinite ? 1 / (1 + pow(bound / (seconds * 1e9), -1 / spread)) : 1
        }
        var counts: [Double] = []
        var before = 0.0
        for bound in bounds {
            let share = below(bound)
            counts.append(((share - before) * count * 10).rounded() / 10)
            before = share
        }
        let all = counts.reduce(0, +)
        return LatencyFigures(
            count: all, mean: all > 0 ? seconds * 1e9 * 1.08 : nil,
            buckets: BucketCounts(bounds: bounds, counts: counts))
    }

    /// Over `seconds` that end at `end`.
    static func figures(_ story: Story, endingAt end: Int, seconds: Int, share: Double = 1) -> ServerFigures {
        var figures = ServerFigures()
        figures.elapsed = Int64(seconds) * .second
        figures.running = (story.running(end) * share).rounded()
        figures.waiting = (story.waiting(end) * share).rounded()
        figures.kvUsage = story.kv(end)
        figures.meanLoad = (story.running(end) + story.waiting(end)) * share
        figures.meanWaiting = story.waiting(end) * share
        figures.generationTokensPerSecond = story.output * share
        figures.promptTokensPerSecond = story.input * share
        figures.computedTokensPerSecond = story.hit(end).map { story.input * (1 - $0) * share }
        figures.cachedTokensPerSecond = story.hit(end).map { story.input * $0 * share }
        figures.generatedTokens = story.output * Double(seconds) * share
        figures.requestsPerSecond = story.answers * share
        figures.ended = story.answers * Double(seconds) * share
        figures.errors = story.errors * story.answers * Double(seconds) * share
        figures.errorShare = story.errors
        figures.finished = [
            FinishCount(reason: "stop", count: (story.answers * Double(seconds) * share * 0.8).rounded()),
            FinishCount(reason: "length", count: (story.answers * Double(seconds) * share * 0.2).rounded()),
        ]
        figures.prefixHitRate = story.hit(end)
        figures.preemptionsPerSecond = story.preemptions(end)
        figures.speculation = story.acceptance.map {
            Speculation(acceptance: $0, length: 1 + 3 * $0, byPosition: [$0, $0 * $0, $0 * $0 * $0])
        }
        figures.meanBatch = story.running(end)
        let count = story.answers * Double(seconds) * share
        figures.ttft = latency(story.ttft(end), bounds: ttftBounds, count: count)
        figures.tpot = latency(story.tpot(end), bounds: tpotBounds, count: count, spread: 0.12)
        figures.itl = figures.tpot
        if let ttft = story.ttft(end) {
            figures.queue = latency(story.queue(end), bounds: ttftBounds, count: count)
            figures.prefill = latency(max(0.001, ttft - story.queue(end)), bounds: ttftBounds, count: count)
            figures.e2e = latency(
                ttft + 256 * (story.tpot(end) ?? 0.03), bounds: ttftBounds.map { $0 * 10 }, count: count)
            figures.promptLength = latency(
                1_400e-9, bounds: [100, 500, 1_000, 5_000, .infinity], count: count)
            figures.generationLength = latency(260e-9, bounds: [100, 500, 1_000, .infinity], count: count)
        }
        return figures
    }

    /// One point a second for two minutes, then one in five, thirty, as the ledger keeps them.
    struct Past: ServerPast {
        var story: Story
        var seconds: Int
        var engines: [String] = []

        func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)] {
            let share = engine == nil ? 1.0 : 1.0 / Double(max(1, engines.count))
            var points: [(at: Moment, figures: ServerFigures)] = []
            var end = seconds
            while end > 0 {
                let at = WatchFixture.start + Int64(end) * .second
                guard at > moment else { break }
                let age = seconds - end
                let step = age < 120 ? 1 : age < 900 ? 5 : 30
                let before = (end - 1) / step * step
                points.append(
                    (at, WatchFixture.figures(story, endingAt: end, seconds: end - before, share: share)))
                end = before
            }
            return points.reversed()
        }

        func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures? {
            let end = min(seconds, Int((moment - WatchFixture.start) / .second))
            guard end > 0 else { return nil }
            return WatchFixture.figures(
                story, endingAt: end, seconds: Int(span / .second),
                share: engine == nil ? 1 : 1 / Double(max(1, engines.count)))
        }
    }

    struct GPUStory: GPUPast {
        var gpus: [GPUFigures]
        var end: Moment

        func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])] {
            (0..<60).compactMap { second in
                let at = end - Int64(59 - second) * .second
                return at > moment ? (at, gpus) : nil
            }
        }

        func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures] { gpus }
    }

    static let budget = LatencyBudget(
        limits: [
            .init(metric: .ttft(.percentile(.p95)), below: 9e8),
            .init(metric: .tpot(.percentile(.p95)), below: 1e8),
        ], text: "ttft:p95<900ms,tpot:p95<100ms")

    static func server(
        _ index: Int, _ label: String, _ story: Story, seconds: Int, engines: [String] = []
    ) -> ServerSnapshot {
        let past = Past(story: story, seconds: seconds, engines: engines)
        var server = ServerSnapshot(
            id: SourceID(index),
            info: WatchedServer(url: "http://gpu01\(label)", label: label, localPort: 8000 + index),
            past: past)
        server.kind = story.kind
        server.model = Shown(own: story.model)
        server.server = Shown(own: "\(story.kind.name.text) 0.31.2")
        guard seconds > 0 else { return server }
        server.status = .up
        let at = start + Int64(seconds) * .second
        server.lastReading = at
        func over(_ span: Int) -> ServerFigures {
            figures(story, endingAt: seconds, seconds: min(span, seconds))
        }
        var scrape = over(1)
        scrape.kvCapacityTokens = 412_000
        scrape.ownConcurrencyGuess = 12.6
        scrape.waitingForCapacity = scrape.waiting
        scrape.waitingForOthers = 0
        var facts = WatchFacts(
            at: at, scrape: scrape, minute: over(60), fiveMinutes: over(300), quarterHour: over(900),
            hour: over(3600))
        facts.attainments = budget.attainments(in: facts.minute)
        server.engines = engines.map { name in
            EngineSnapshot(
                name: Shown(own: name),
                scrape: figures(story, endingAt: seconds, seconds: 1, share: 1 / Double(engines.count)),
                minute: figures(story, endingAt: seconds, seconds: 60, share: 1 / Double(engines.count)))
        }
        facts.engines = server.engines.map(\.name)
        server.facts = facts
        server.session = over(seconds)
        var log = DiagnosisLog()
        var earlier = facts
        earlier.at = at - 140 * .second
        _ = log.look(at: earlier)
        server.findings = log.look(at: facts)
        return server
    }

    static func line(users: Int, input: Double = 1_500, output: Double = 250) -> RecordedLine {
        RecordedLine(
            users: users, isLowerBound: false, tokensPerSecond: 2_390, budget: "ttft:p95<900ms",
            model: "llama-70b", server: nil, url: "http://gpu01:8000",
            measured: unix - 172_800 * 1_000_000_000,
            runID: "abc", inputTokens: input, outputTokens: output, isOfSameURL: true)
    }

    static func gpu(_ index: Int, watts: Double = 612, celsius: Double = 61, capped: Double = 0) -> GPUFigures
    {
        var gpu = GPUFigures(index: index)
        gpu.name = "H100-80G"
        gpu.uuid = "GPU-7c1a"
        gpu.utilisation = 0.94
        gpu.memoryUtilisation = 0.4
        gpu.memoryUsed = 71e9
        gpu.memoryTotal = 80e9
        gpu.watts = watts
        gpu.wattsLimit = 700
        gpu.celsius = celsius
        gpu.clockMHz = capped > 0 ? 1_410 : 1_980
        gpu.throttledShare = capped
        gpu.powerCappedShare = capped
        gpu.processes = [4_711: 70e9]
        return gpu
    }

    static func snapshot(
        _ servers: [ServerSnapshot], seconds: Int, gpus: [GPUFigures]? = nil, events: [WatchEvent] = [],
        budget: LatencyBudget? = WatchFixture.budget
    ) -> Snapshot {
        let at = start + Int64(seconds) * .second
        var snapshot = Snapshot(
            session: SessionInfo(
                started: WallAnchor(moment: start, unixNanoseconds: unix), version: "0.1", command: "watch",
                watch: WatchPlan(interval: .second, budget: budget), options: [:], seed: 1, host: "gpu01"),
            at: at, budget: budget,
            recording: .running(path: "/home/ops/watch-2026-11-26.plimsoll", bytes: 4_100_000))
        snapshot.watch.servers = servers
        snapshot.watch.events = events
        if let gpus {
            var all = GPUsSnapshot(past: GPUStory(gpus: gpus, end: at))
            all.scrape = gpus
            all.minute = gpus
            let sources = Set(gpus.map(\.source)).sorted()
            all.sources = sources.map { source in
                GPUSourceSnapshot(
                    id: source, name: source == SourceID(0) ? SourceInfo.ownGPUs : "GPUs of gpu02:9400",
                    lastReading: at)
            }
            all.findings = GPUDiagnosis.found(in: gpus, withHost: gpus.areOfSeveralHosts)
            snapshot.watch.gpus = all
        }
        return snapshot
    }
}
