import Measure
import Testing

@testable import Telemetry

/// Pages as they may come, held against a reckoning that knows nothing of columns, rows and points.
@Suite struct RandomPagesTests {
    /// One series, as a reader with a pencil would follow it.
    private struct Pencil {
        var last: Double?
        var total = 0.0

        mutating func see(_ value: Double, isRestart: Bool, isNew: Bool) {
            defer { last = value }
            if isRestart { return total += value }
            guard let last else {
                if isNew { total += value }
                return
            }
            if value > last { total += value - last }
        }
    }

    /// Counters grow, stand still, jump back, vanish and come again; the process begins anew.
    @Test(arguments: 0..<60)
    func counters(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var watched = Watched()
        let reasons = ["stop", "length", "abort", "error"]
        var values = reasons.map { _ in Double(Int.random(in: 0...1000, using: &random)) }
        var pencils = [Pencil](repeating: Pencil(), count: reasons.count)
        var start = Watched.epoch - 500
        var tokens = Pencil()
        var generated = 0.0
        var saidBefore: Set<Int> = []
        for second in 0..<120 {
            // Two that began within a second of each other can't be told apart.
            let isRestart =
                Double(second) > start - Watched.epoch + 3 && second > 0
                && Int.random(in: 0..<30, using: &random) == 0
            if isRestart {
                start = Watched.epoch + Double(second) - 0.5
                values = reasons.map { _ in 0 }
                generated = 0
                for place in pencils.indices { pencils[place].last = nil }
            }
            var page = "process_start_time_seconds \(start)\n"
            generated += Double(Int.random(in: 0...50, using: &random))
            tokens.see(generated, isRestart: isRestart, isNew: false)
            page += "vllm:generation_tokens_total \(generated)\n"
            // `stop` is always there, so that the metric is known.
            let said = Set(reasons.indices.filter { $0 == 0 || Int.random(in: 0..<4, using: &random) > 0 })
            // Where one is gone, another that comes up may be the same under another name.
            let mayBeRenamed = !saidBefore.isSubset(of: said)
            saidBefore = said
            for (place, reason) in reasons.enumerated() {
                values[place] += Double(Int.random(in: 0...3, using: &random))
                if Int.random(in: 0..<40, using: &random) == 0 {
                    values[place] = (values[place] / 2).rounded()
                }
                guard said.contains(place) else { continue }
                page += "vllm:request_success_total{finished_reason=\"\(reason)\"} \(values[place])\n"
                pencils[place].see(values[place], isRestart: isRestart, isNew: second > 0 && !mayBeRenamed)
            }
            try watched.take(page, at: Double(second))
        }
        let figures = try watched.figures()
        #expect(figures.generatedTokens == tokens.total)
        #expect(watched.events.allSatisfy { $0 == .restarted || $0 == .countersFell })
        for (place, reason) in reasons.enumerated() {
            let count = figures.finished?.first { $0.reason.text == reason }?.count
            #expect(count ?? 0 == pencils[place].total)
        }
    }

    /// Engines that come and go with histograms of their own: differences of each, then together by bound.
    @Test(arguments: 0..<60)
    func histograms(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var watched = Watched()
        let bounds = [0.1, 0.5, 1, 5].shuffled(using: &random)
        let engines = Int.random(in: 1...3, using: &random)
        var counts = (0..<engines).map { _ in [Double](repeating: 0, count: 5) }
        var sums = [Double](repeating: 0, count: engines)
        var told = [Double](repeating: 0, count: 5)
        var toldSum = 0.0
        let sorted = bounds.sorted()
        for second in 0..<40 {
            var page = ""
            for engine in 0..<engines {
                for _ in 0..<Int.random(in: 0...5, using: &random) where second > 0 {
                    let place = Int.random(in: 0..<5, using: &random)
                    let value = place < 4 ? sorted[place] : 9
                    counts[engine][place] += 1
                    sums[engine] += value
                    told[place] += 1
                    toldSum += value
                }
                let labels = "engine=\"\(engine)\""
                for bound in bounds {
                    let upTo = sorted.firstIndex(of: bound).map { counts[engine][...$0].reduce(0, +) } ?? 0
                    page += "vllm:time_to_first_token_seconds_bucket{\(labels),le=\"\(bound)\"} \(upTo)\n"
                }
                let all = counts[engine].reduce(0, +)
                page += """
                    vllm:time_to_first_token_seconds_bucket{\(labels),le="+Inf"} \(all)
                    vllm:time_to_first_token_seconds_count{\(labels)} \(all)
                    vllm:time_to_first_token_seconds_sum{\(labels)} \(sums[engine])

                    """
            }
            try watched.take(page, at: Double(second))
        }
        let ttft = try watched.figures().ttft
        #expect(ttft?.buckets?.counts == told)
        #expect(ttft?.count == told.reduce(0, +))
        #expect(isNear(ttft?.mean, toldSum / told.reduce(0, +) * 1e9, by: 1e-9))
        for percentile in Percentile.allCases {
            let expected = Self.quantile(Double(percentile.rawValue) / 100, sorted + [.infinity], told)
            #expect(isNear(ttft?.quantile(percentile)?.value, expected.value * 1e9, by: 1e-9))
            #expect(ttft?.quantile(percentile)?.isAtLeast == expected.isAtLeast)
        }
    }

    /// As Prometheus' documentation has it.
    private static func quantile(
        _ share: Double, _ bounds: [Double], _ counts: [Double]
    ) -> (value: Double, isAtLeast: Bool) {
        var upTo: [Double] = []
        for count in counts { upTo.append((upTo.last ?? 0) + count) }
        let rank = share * (upTo.last ?? 0)
        let place = upTo.firstIndex { $0 >= rank } ?? bounds.count - 1
        guard place < bounds.count - 1 else { return (bounds[bounds.count - 2], true) }
        let (start, below) = place > 0 ? (bounds[place - 1], upTo[place - 1]) : (0, 0)
        return (start + (bounds[place] - start) * (rank - below) / (upTo[place] - below), false)
    }
}
