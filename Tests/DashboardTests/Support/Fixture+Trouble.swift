import Charts
import Measure

@testable import Dashboard

extension Fixture {
    /// Before anything is known.
    static var discovering: Snapshot {
        var snapshot = Fixture().snapshot(
            [EndpointSnapshot(info: Fixture().info)], at: start + 400 * .millisecond)
        snapshot.recording = .off
        snapshot.lag = LagSummary()
        return snapshot
    }

    /// The first level, before its window opens.
    static var warmingUp: Snapshot {
        let at = start + 3 * .second
        var endpoint = Fixture().running(users: [], live: 1, at: at)
        endpoint.phase = .warmingUp(since: at - 2 * .second)
        endpoint.plateau = nil
        endpoint.loadLine = nil
        endpoint.history = Array(endpoint.history.suffix(2))
        endpoint.live = Fixture().level(0, users: 1, at: start, window: 2 * .second)
        endpoint.waiting = 1
        return Fixture().snapshot([endpoint], at: at)
    }

    /// All that can go wrong at once: errors, a full disk, a client that is too slow.
    static var trouble: Snapshot {
        var snapshot = sweep
        snapshot.recording = .failed(path: "/home/ops/gpu01.plimsoll", message: "no space left on device")
        snapshot.lag.timerP99 = 14e6
        snapshot.endpoints[0].failed = 37
        snapshot.endpoints[0].failures = [.rateLimited: 37]
        snapshot.endpoints[0].lastFailure = RequestFailure(
            kind: .rateLimited, status: 429, message: "slow down", retryAfter: 12 * .second)
        snapshot.endpoints[0].live?.trust = [.clientBound]
        snapshot.endpoints[0].live?.failed = 37
        for second in 50..<60 { snapshot.endpoints[0].history[second].failed = 4 }
        return snapshot
    }

    /// Names that a hostile server would send.
    static var hostile: Snapshot {
        var snapshot = several
        let evil = "\u{1B}[31m\u{1B}]0;owned\u{7}\u{202E}gpu\u{9B}2J漢字漢字\u{301}\u{200B}\n\t\u{0}😀x"
        for index in snapshot.endpoints.indices {
            snapshot.endpoints[index].info.label = evil
            snapshot.endpoints[index].info.model = Shown(own: evil + evil)
            snapshot.endpoints[index].info.url = Shown(own: "http://" + evil)
            snapshot.endpoints[index].failed = 3
            snapshot.endpoints[index].lastFailure = RequestFailure(kind: .inStream, message: Shown(own: evil))
        }
        snapshot.endpoints[2].phase = .failed(evil + String(repeating: "漢", count: 300))
        snapshot.marks = [Mark(at: snapshot.at, note: evil)]
        snapshot.session.command = "sweep\u{1B}c"
        snapshot.budget?.text = evil
        snapshot.recording = .failed(path: evil, message: evil)
        return snapshot
    }

    /// Nothing, and numbers that aren't any.
    static var degenerate: [Snapshot] {
        var result = [Fixture().snapshot([]), Fixture().snapshot([EndpointSnapshot(info: Fixture().info)])]
        for value in [Double.nan, .infinity, -.infinity, 0, -1, 1e300, .leastNonzeroMagnitude] {
            let distribution = Distribution(
                count: 200, mean: value, standardDeviation: value, min: value, max: value, p50: value,
                p90: value, p95: value, p99: value, bins: LogBins())
            let level = LevelResult(
                endpoint: EndpointID(0), level: .max, load: .users(.max),
                windowStart: Moment(nanoseconds: .min),
                windowEnd: Moment(nanoseconds: .min), completed: .max, failed: 0, windowTokens: value,
                throughput: Estimate(mean: value, halfWidth: value), requestThroughput: value,
                ttft: distribution, tpot: distribution, itl: .empty, e2e: distribution)
            var endpoint = EndpointSnapshot(
                info: Fixture().info, phase: .measuring(since: Moment(nanoseconds: 0)),
                level: LevelStart(
                    endpoint: EndpointID(0), level: .max, load: .users(.max), planned: .max),
                users: .max, inFlight: .max, waiting: .min, tokensPerSecond: value, requestsPerSecond: value,
                completed: .max, failed: .max, history: [HistoryBin(tokens: value, failed: .max)],
                live: level,
                levels: [level, level])
            endpoint.plateau = Plateau(
                throughput: value, load: .users(.max), halfWidth: value, reached: true, law: nil)
            endpoint.loadLine = LoadLine(load: .users(.max), throughput: value, brokenAt: .users(.min))
            var snapshot = Fixture().snapshot([endpoint, endpoint])
            snapshot.lag = LagSummary(timerP99: value, sendP99: value, cpuShare: value)
            snapshot.budget?.limits = [.init(metric: .e2e(.percentile(.p95)), below: value)]
            result.append(snapshot)
            snapshot.ended = true
            result.append(snapshot)
        }
        return result
    }
}
