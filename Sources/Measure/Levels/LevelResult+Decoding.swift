/// Files of yesterday lack what is new, and files of tomorrow have words that are unknown here. Both open: what
/// is missing is filled in, what is unknown is left out.
extension LevelResult {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Int {
            try values.decodeIfPresent(Int.self, forKey: key) ?? 0
        }
        func distribution(_ key: CodingKeys) throws -> Distribution {
            try values.decodeIfPresent(Distribution.self, forKey: key) ?? .empty
        }
        func words<Word: RawRepresentable<String>>(_ key: CodingKeys, _: Word.Type) throws -> [Word] {
            try (values.decodeIfPresent([String].self, forKey: key) ?? []).compactMap(Word.init(rawValue:))
        }
        self.init(
            endpoint: try values.decode(EndpointID.self, forKey: .endpoint),
            level: try values.decode(Int.self, forKey: .level),
            load: try values.decode(Load.self, forKey: .load),
            windowStart: try values.decode(Moment.self, forKey: .windowStart),
            windowEnd: try values.decode(Moment.self, forKey: .windowEnd),
            completed: try number(.completed), failed: try number(.failed),
            failures: try values.decodeIfPresent(FailureCounts.self, forKey: .failures)?.counts ?? [:],
            inputTokens: try number(.inputTokens), outputTokens: try number(.outputTokens),
            windowTokens: try values.decodeIfPresent(Double.self, forKey: .windowTokens) ?? 0,
            throughput: try values.decodeIfPresent(Estimate.self, forKey: .throughput)
                ?? Estimate(mean: 0, halfWidth: nil),
            requestThroughput: try values.decodeIfPresent(Double.self, forKey: .requestThroughput) ?? 0,
            goodput: try values.decodeIfPresent(Double.self, forKey: .goodput),
            ttft: try distribution(.ttft), tpot: try distribution(.tpot), itl: try distribution(.itl),
            e2e: try distribution(.e2e), connect: try distribution(.connect),
            tokenSources: try words(.tokenSources, TokenSource.self),
            lag: try values.decodeIfPresent(LagSummary.self, forKey: .lag) ?? LagSummary(),
            littlesLawRatio: try values.decodeIfPresent(Double.self, forKey: .littlesLawRatio),
            cachedTokens: try number(.cachedTokens),
            budgetHeld: try values.decodeIfPresent(Bool.self, forKey: .budgetHeld),
            trust: try words(.trust, TrustFlag.self))
        inputsSaid = try values.decodeIfPresent(Int.self, forKey: .inputsSaid)
        cachedSaid = try values.decodeIfPresent(Int.self, forKey: .cachedSaid)
        tail = try distribution(.tail)
        occupancy = try values.decodeIfPresent(Occupancy.self, forKey: .occupancy)
        bufferedAnswers = try values.decodeIfPresent(Int.self, forKey: .bufferedAnswers)
        burstPause = try values.decodeIfPresent(Double.self, forKey: .burstPause)
        refusedCounts = try values.decodeIfPresent(Int.self, forKey: .refusedCounts)
        stoodStill = try values.decodeIfPresent(Nanoseconds.self, forKey: .stoodStill)
        hung = try values.decodeIfPresent(Nanoseconds.self, forKey: .hung)
        drift = try values.decodeIfPresent(Estimate.self, forKey: .drift)
        lastError = try values.decodeIfPresent(Shown.self, forKey: .lastError)
        // A later program's limits may be of kinds unknown here; its verdict stands.
        findings = (try? values.decodeIfPresent([LimitFinding].self, forKey: .findings)) ?? []
        telemetry = try? values.decodeIfPresent(LevelTelemetry.self, forKey: .telemetry)
    }

    /// `[FailureKind: Int]` as it is encoded: kinds and counts in turn. Failures of unknown kinds happened all
    /// the same.
    private struct FailureCounts: Decodable {
        var counts: [FailureKind: Int] = [:]

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            while !values.isAtEnd {
                let word = try values.decode(String.self)
                let count = try values.decode(Int.self)
                counts[FailureKind(rawValue: word) ?? .other, default: 0].addClamped(count)
            }
        }
    }
}

extension Distribution {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double {
            try values.decodeIfPresent(Double.self, forKey: key) ?? .nan
        }
        self.init(
            count: try values.decodeIfPresent(Int.self, forKey: .count) ?? 0, mean: try number(.mean),
            standardDeviation: try number(.standardDeviation), min: try number(.min), max: try number(.max),
            p50: try number(.p50), p90: try number(.p90), p95: try number(.p95), p99: try number(.p99),
            bins: try values.decodeIfPresent(LogBins.self, forKey: .bins) ?? LogBins())
    }
}
