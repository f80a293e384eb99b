/// One GPU: what it is, how it is now, and what it did over a span. nil is what nobody says.
package struct GPUFigures: Hashable, Sendable {
    /// Unique in its source.
    package var index: Int
    /// Who tells of it.
    package var source = SourceID(0)
    /// The machine that it is in.
    package var host: Shown?
    /// What its machine calls it: several machines on one page may have the same numbers.
    package var number: Int
    package var name: Shown?
    package var uuid: Shown?
    /// From 0 to 1: the share of time in which something ran.
    package var utilisation: Double?
    /// In which its memory was busy.
    package var memoryUtilisation: Double?
    package var memoryUsed: Double?
    package var memoryTotal: Double?
    package var watts: Double?
    package var wattsLimit: Double?
    package var celsius: Double?
    package var memoryCelsius: Double?
    package var clockMHz: Double?
    package var memoryClockMHz: Double?
    /// Over the span: which share of the time its clocks were held down, and by what.
    package var throttledShare: Double?
    package var powerCappedShare: Double?
    package var thermalShare: Double?
    /// The power supply asked for it.
    package var brakeShare: Double?
    /// Over the span: the mean of `utilisation`, and joules by time.
    package var meanUtilisation: Double?
    package var meanWatts: Double?
    /// Joules over the span.
    package var energy: Energy
    /// Bytes by process; nil: nobody says how many.
    package var processes: [Int: Double?]
    /// The driver has given it up.
    package var isLost = false

    package init(index: Int) {
        self.index = index
        number = index
        energy = .unknown(.notMeasured)
        processes = [:]
    }
}

/// Which of all GPUs that are seen.
package struct GPUID: Hashable, Comparable, Sendable {
    package var source: SourceID
    package var index: Int

    package init(source: SourceID, index: Int) {
        self.source = source
        self.index = index
    }

    package static func < (left: GPUID, right: GPUID) -> Bool {
        (left.source, left.index) < (right.source, right.index)
    }
}

extension GPUFigures {
    package var id: GPUID { GPUID(source: source, index: index) }

    /// "GPU3"; "gpu02 GPU3" where there are several machines.
    package func title(withHost: Bool) -> Shown {
        if withHost, let host { "\(host) GPU\(number)" } else { "GPU\(number)" }
    }
}

extension [GPUFigures] {
    /// Whether they are in several machines, so that each is to be named with its own.
    package var areOfSeveralHosts: Bool { Set(map(\.host)).count > 1 }

    /// - Parameter lists: of each source; where two know the same card, the one that comes first tells of it.
    package static func once(_ lists: [[GPUFigures]]) -> [GPUFigures] {
        var seen: Set<Shown> = []
        return lists.flatMap { list in
            let new = list.filter { gpu in gpu.uuid.map { !seen.contains($0) } ?? true }
            seen.formUnion(list.compactMap(\.uuid))
            return new
        }
    }
}

/// What a GPU used over a span, or why nobody knows.
package enum Energy: Hashable, Sendable {
    case joules(Double)
    case unknown(NoEnergy)
}

/// Why there is no energy, and no joules a token.
package enum NoEnergy: String, Error, Hashable, Sendable, Codable {
    case notMeasured = "not-measured"
    /// There were no readings for too long.
    case gap
    /// The driver was loaded anew.
    case reset
    /// Nobody can say which GPUs serve the endpoint.
    case unknownGPUs = "unknown-gpus"
    /// One of them serves others, too: whose joules they are can't be told.
    case shared
    case noTokens = "no-tokens"
    /// The server doesn't count them.
    case tokensUnknown = "tokens-unknown"
    /// It restarted, or another replica answered.
    case serverChanged = "server-changed"
    /// Only some of those that answer run on this machine.
    case elsewhere

    /// A reason that only a later program knows is still none of these.
    package init(from decoder: any Decoder) throws {
        self =
            NoEnergy(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .notMeasured
    }

    package var words: Shown {
        switch self {
        case .notMeasured: "the GPUs' energy is not measured"
        case .gap: "GPU readings are missing"
        case .reset: "the GPU driver was loaded anew"
        case .unknownGPUs: "which GPUs serve it can't be seen"
        case .shared: "its GPUs serve others, too"
        case .noTokens: "no tokens"
        case .tokensUnknown: "the server doesn't count tokens"
        case .serverChanged: "the server restarted"
        case .elsewhere: "it runs on another machine"
        }
    }
}

/// What a token cost in energy. GPU boards only: not the host, not the cooling.
package enum JoulesPerToken {
    /// - Parameters:
    ///   - serving: the GPUs that serve the endpoint.
    ///   - serveOthers: whether one of them serves another endpoint, or works for another process.
    ///   - tokens: what came out over the same span; nil where it isn't counted.
    package static func reckoned(
        serving: [GPUFigures], serveOthers: Bool, tokens: Double?, serverChanged: Bool
    ) -> Result<Double, NoEnergy> {
        guard !serving.isEmpty else { return .failure(.unknownGPUs) }
        guard !serveOthers else { return .failure(.shared) }
        guard !serverChanged else { return .failure(.serverChanged) }
        guard let tokens else { return .failure(.tokensUnknown) }
        guard tokens > 0 else { return .failure(.noTokens) }
        var joules = 0.0
        for gpu in serving {
            switch gpu.energy {
            case .joules(let own): joules += own
            case .unknown(let reason): return .failure(reason)
            }
        }
        return .success(joules / tokens)
    }
}
