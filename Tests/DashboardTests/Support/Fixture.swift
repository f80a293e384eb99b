import Canvas
import Charts
import Glibc
import Measure

@testable import Dashboard

/// Builds snapshots of a sweep as the collector would: a simulated endpoint whose throughput follows the
/// scalability law and whose latencies are log-normal.
struct Fixture {
    static let start = Moment(nanoseconds: 1_000 * .second)

    var law = ScalabilityLaw(lambda: 102, sigma: 0.004, kappa: 0.00004)
    var budgetText = "ttft:p95<900ms,e2e:p95<3s"
    var e2eLimit = 3e9
    var label = "gpu01:8000"
    var model = "Llama-3.1-8B"
    var id = EndpointID(0)
    var tokens = 128.0

    static func distribution(median: Double, spread: Double, count: Int) -> Distribution {
        guard count > 0 else { return .empty }
        var bins = LogBins()
        // Quantiles of a log-logistic: closed form, no randomness.
        var values: [Double] = []
        for index in 0..<count {
            let q = (Double(index) + 0.5) / Double(count)
            values.append(median * pow(q / (1 - q), spread))
        }
        for value in values { bins.add(Nanoseconds(value)) }
        func at(_ q: Double) -> Double { values[min(count - 1, Int(Double(count) * q))] }
        return Distribution(
            count: count, mean: values.reduce(0, +) / Double(count), standardDeviation: median * spread,
            min: values[0], max: values[count - 1], p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99),
            bins: bins)
    }

    func level(
        _ number: Int, users: Int, at: Moment, window: Nanoseconds = 20 * .second, trust: [TrustFlag] = [],
        failed: Int = 0
    ) -> LevelResult {
        let throughput = law.throughput(at: Double(users))
        let perUser = throughput / Double(users)
        let count = max(1, Int(throughput * window.inSeconds / tokens))
        let ttft = 48e6 * (1 + Double(users) / 40)
        let tpot = 1e9 / perUser
        let e2e = Self.distribution(median: ttft + tpot * tokens, spread: 0.03, count: count)
        return LevelResult(
            endpoint: id, level: number, load: .users(users), windowStart: at, windowEnd: at + window,
            completed: count, failed: failed, failures: failed > 0 ? [.rateLimited: failed] : [:],
            outputTokens: count * Int(tokens), windowTokens: throughput * window.inSeconds,
            throughput: Estimate(mean: throughput, halfWidth: throughput * 0.012),
            requestThroughput: throughput / tokens,
            ttft: Self.distribution(median: ttft, spread: 0.11, count: count),
            tpot: Self.distribution(median: tpot, spread: 0.02, count: count), e2e: e2e,
            tokenSources: [.usage], budgetHeld: e2e.p95 < e2eLimit, trust: trust)
    }

    var info: EndpointInfo {
        EndpointInfo(
            id: id, url: Shown(own: "http://\(label)/v1/chat/completions"), label: label,
            model: Shown(own: model),
            server: "uvicorn",
            dialect: "chat")
    }

    /// In the sixth level of nine, the window open for seven seconds.
    func running(users: [Int] = [1, 2, 4, 8, 16], live: Int = 32, at: Moment) -> EndpointSnapshot {
        var levels: [LevelResult] = []
        for (number, count) in users.enumerated() {
            levels.append(level(number, users: count, at: Self.start + Int64(number) * 24 * .second))
        }
        let since = at - 7 * .second
        let now = level(users.count, users: live, at: since, window: 7 * .second)
        var endpoint = EndpointSnapshot(
            info: info, phase: .measuring(since: since),
            level: LevelStart(endpoint: id, level: users.count, load: .users(live), planned: 9),
            users: live, inFlight: live, waiting: 3, tokensPerSecond: now.throughput.mean * 1.004,
            requestsPerSecond: now.requestThroughput, completed: 1216, failed: 0,
            history: history(now.throughput.mean, users: live), live: now, levels: levels)
        endpoint.plateau = Plateau(
            throughput: law.throughput(at: 120), load: .users(64), halfWidth: 96, reached: false, law: law)
        endpoint.loadLine = LoadLine(
            load: .users(16), throughput: law.throughput(at: 16), brokenAt: nil, heldAt: .users(16))
        return endpoint
    }

    /// All nine levels, the load line between 96 and 128.
    func done() -> EndpointSnapshot {
        var endpoint = running(at: Self.start)
        let users = [1, 2, 4, 8, 16, 32, 64, 96, 128]
        endpoint.levels = users.enumerated().map { number, count in
            level(
                number, users: count, at: Self.start + Int64(number) * 24 * .second,
                trust: count == 128 ? [.usersIdle, .unsteady] : [], failed: count == 128 ? 3 : 0)
        }
        endpoint.live = nil
        endpoint.phase = .done(.plateau)
        endpoint.users = 0
        endpoint.inFlight = 0
        endpoint.waiting = 0
        endpoint.tokensPerSecond = 0
        endpoint.requestsPerSecond = 0
        endpoint.plateau = Plateau(
            throughput: law.throughput(at: 128), load: .users(96), halfWidth: 96, reached: true, law: law)
        let held = endpoint.levels.last { $0.budgetHeld == true }
        let broken = endpoint.levels.first { $0.budgetHeld == false }
        endpoint.loadLine = held.map {
            LoadLine(
                load: $0.load, throughput: $0.throughput.mean, brokenAt: broken?.load, heldAt: $0.load)
        }
        return endpoint
    }

    func history(_ tokens: Double, users: Int) -> [HistoryBin] {
        (0..<60).map { second in
            let share = second < 30 ? 0.55 : 1.0
            let ripple = [0.0, 0.02, -0.01, 0.03, -0.03, 0.01][second % 6]
            return HistoryBin(
                tokens: tokens * (share + ripple), completed: 20, failed: 0,
                inFlight: second < 30 ? users / 2 : users, waiting: second % 5)
        }
    }

    func snapshot(
        _ endpoints: [EndpointSnapshot], at: Moment = Fixture.start + 161 * .second, ended: Bool = false
    ) -> Snapshot {
        Snapshot(
            session: SessionInfo(
                started: WallAnchor(moment: Self.start, unixNanoseconds: 0), version: "0.1", command: "sweep",
                plan: SessionPlan(
                    workload: Workload(inputTokens: 128, outputTokens: 128),
                    sweep: SweepPlan(
                        levels: .automatic(limit: 1024), dwell: 20 * .second, warmUp: 2 * .second),
                    seed: 1),
                options: [:], seed: 1, host: "gpu01"),
            at: at, endpoints: endpoints,
            budget: LatencyBudget(
                limits: [
                    .init(metric: .ttft(.percentile(.p95)), below: 9e8),
                    .init(metric: .e2e(.percentile(.p95)), below: e2eLimit),
                ], text: budgetText),
            recording: .running(path: "/home/ops/gpu01.plimsoll", bytes: 2_100_000),
            lag: LagSummary(
                timerP50: 3e4, timerP99: 8e4, readP99: 6e4, sendP50: 2e4, sendP99: 5e4, cpuShare: 0.12),
            ended: ended)
    }

    static var sweep: Snapshot {
        let at = start + 161 * .second
        return Fixture().snapshot([Fixture().running(at: at)], at: at)
    }

    static var finished: Snapshot {
        Fixture().snapshot([Fixture().done()], at: start + 300 * .second, ended: true)
    }

    /// Three endpoints: one like the others, one faster, one that can't be used.
    static var several: Snapshot {
        let at = start + 161 * .second
        var fast = Fixture()
        fast.id = EndpointID(1)
        fast.label = "gpu02:8000"
        fast.model = "Llama-3.1-8B-FP8"
        fast.law.lambda = 131
        var broken = Fixture()
        broken.id = EndpointID(2)
        broken.label = "gpu03:8000"
        return Fixture().snapshot(
            [
                Fixture().running(at: at), fast.running(at: at),
                EndpointSnapshot(
                    info: broken.info,
                    phase: .failed(
                        "connection refused: nothing listens on gpu03, port 8000; is the server up?")),
            ], at: at)
    }

    /// The only endpoint refuses.
    static var failed: Snapshot {
        Fixture().snapshot([
            EndpointSnapshot(
                info: Fixture().info,
                phase: .failed(
                    "HTTP 401 from http://gpu01:8000/v1/models: the server wants an API key; name the variable "
                        + "that holds it with --api-key-env"))
        ])
    }

    static func dashboard(
        glyphs: GlyphSet = .braille, mode: Mode = .sweep, themes: [Theme] = [.standard]
    ) -> Dashboard {
        Dashboard(themes: themes, glyphs: glyphs, mode: mode)
    }
}

/// The shell that is in there.
extension Dashboard {
    var shell: Shell<SweepScreen> {
        get { around(SweepScreen.self) }
        set { around = newValue }
    }

    var watchShell: Shell<WatchScreen> {
        get { around(WatchScreen.self) }
        set { around = newValue }
    }

    private func around<S: Screen>(_: S.Type) -> Shell<S> {
        guard let shell = around as? Shell<S> else { preconditionFailure("it holds another screen") }
        return shell
    }
}
