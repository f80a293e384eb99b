import System

/// One level's figures beside the truth of the requests that ended in its window.
struct Comparison {
    private let level: SweptLevel
    private let ttft: [Double]
    private let ttftMeant: [Double]
    private let tpot: [Double]
    private let throughput: Double
    private let lag: Truth.Lag
    /// Of the requests that both know, in nanoseconds: from the client's last byte out to the simulator's having
    /// read it, and from the simulator's first token out to the client's having read that.
    private var wayThere: [Double] = []
    private var wayBack: [Double] = []
    /// The TTFT that the simulator gave as seen from outside: its lateness in reading the request is in it.
    /// Counted from the client's last byte out, or from the request's having been read if that was earlier: a
    /// client that stamps its sending too late gains nothing.
    private var outside: [Double] = []

    init(level: SweptLevel, truth: Truth, requests: CSVTable) {
        self.level = level
        lag = truth.lag
        let offset = Clocks.calendarOffset()
        let (start, end) = (level.windowStart - offset, level.windowEnd - offset)
        let ended = truth.requests.filter {
            $0.outcome == "finished" && $0.ended >= start && $0.ended < end
        }
        ttft = ended.compactMap(\.ttft)
        ttftMeant = ended.compactMap(\.ttftMeant)
        tpot = ended.compactMap(\.tpot)
        throughput =
            truth.requests.reduce(0) { $0 + $1.tokens(from: start, to: end) } / (Double(end - start) / 1e9)
        let known = Dictionary(
            ended.compactMap { request in
                Int64(request.id.suffix(8), radix: 16).map { ($0, request) }
            }, uniquingKeysWith: { $1 })
        for row in 0..<requests.count {
            guard let number = requests.integer("request", row: row), let request = known[number],
                let firstSent = request.firstSent,
                let unix = requests.integer("request_start_ns", row: row),
                let ttft = requests.number("time_to_first_token_ms", row: row)
            else { continue }
            let sent = unix - offset
            outside.append(Double(firstSent - min(sent, request.received)))
            wayThere.append(Double(request.received - sent))
            wayBack.append(Double(sent - firstSent) + ttft * 1e6)
        }
    }

    func figures(_ name: String) -> [Figure] {
        [
            latency("\(name): TTFT p50 error", level.ttftMedian, 0.5, ttft, limit: 0.3),
            latency("\(name): TTFT p99 error", level.ttftP99, 0.99, ttft, limit: 2),
            latency("\(name): … p50 without simulator's lag", level.ttftMedian, 0.5, outside, limit: 0.3),
            latency("\(name): … p99 without simulator's lag", level.ttftP99, 0.99, outside, limit: 2),
            share(
                "\(name): TPOT mean error", level.tpotMean.map { $0 * 1e6 }, Samples.mean(tpot), limit: 0.5,
                1e6, "ms"),
            // A paced stream's median gap is its pace: what was meant, every 10 ms.
            .atMost(
                0.2, "\(name): ITL p50 error", level.itlMedian.map { abs($0 - 10) }, unit: "ms", digits: 3,
                said: level.itlMedian.map {
                    "\(Decimals.signed($0 - 10, 3)) ms (\(Decimals.text($0, 3)) for 10)"
                }),
            share("\(name): throughput error", level.throughput, throughput, limit: 1, 1, "tok/s"),
            .note("\(name): where the error is", account),
        ]
    }

    /// For loads at which only the tail has a target.
    func ttftTail(_ name: String, limit: Double) -> [Figure] {
        [
            latency("\(name): TTFT p99 error", level.ttftP99, 0.99, ttft, limit: limit),
            latency("\(name): … p99 without simulator's lag", level.ttftP99, 0.99, outside, limit: limit),
        ]
    }

    private func latency(
        _ name: String, _ said: Double?, _ rank: Double, _ truth: [Double], limit: Double
    ) -> Figure {
        guard let said, let truth = Samples.percentile(rank, truth).map({ $0 / 1e6 }) else {
            return .atMost(limit, name, nil, unit: "ms")
        }
        let error = said - truth
        return .atMost(
            limit, name, abs(error), unit: "ms", digits: 3,
            said:
                "\(Decimals.signed(error, 3)) ms (\(Decimals.text(said, 2)) for \(Decimals.text(truth, 2)))")
    }

    private func share(
        _ name: String, _ said: Double?, _ truth: Double?, limit: Double, _ scale: Double, _ unit: String
    ) -> Figure {
        guard let said, let truth, truth > 0 else { return .atMost(limit, name, nil, unit: "%") }
        let error = (said / truth - 1) * 100
        return .atMost(
            limit, name, abs(error), unit: "%", digits: 3,
            said:
                "\(Decimals.signed(error, 3)) % (\(Decimals.text(said / scale, 3)) for \(Decimals.text(truth / scale, 3)) \(unit))"
        )
    }

    /// Neither way is the client's own doing alone: each has the kernel and the other's wake-up in it.
    var account: String {
        func both(_ values: [Double]) -> String {
            let (middle, high) = (Samples.percentile(0.5, values), Samples.percentile(0.99, values))
            return "\(Decimals.text((middle ?? .nan) / 1e6, 3)) / \(Decimals.text((high ?? .nan) / 1e6, 3))"
        }
        let late = zip(ttft, ttftMeant).map { $0 - $1 }
        return "p50 / p99 ms: simulator late with first token \(both(late)), with any \(lagText); "
            + "request until simulator reads it \(both(wayThere)); first token until plimsoll reads it \(both(wayBack))"
    }

    private var lagText: String {
        "\(Decimals.text(Double(lag.p50) / 1e6, 3)) / \(Decimals.text(Double(lag.p99) / 1e6, 3))"
    }
}
