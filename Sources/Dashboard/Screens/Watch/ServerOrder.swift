import Measure

/// How the endpoints are sorted.
enum ServerOrder: Int, Hashable, Sendable, CaseIterable {
    case worst, joined, running, output, ttft

    var name: String {
        switch self {
        case .worst: "worst first"
        case .joined: "as they joined"
        case .running: "most running first"
        case .output: "most out/s first"
        case .ttft: "slowest TTFT first"
        }
    }

    var next: ServerOrder { ServerOrder(rawValue: rawValue + 1) ?? .worst }

    /// The places of the servers in their order. Those alike stay as they joined, so that nothing moves without a reason.
    func sorted(_ servers: [ServerSnapshot]) -> [Int] {
        let keys = servers.map(key)
        return servers.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    }

    /// The lowest comes first; what isn't known comes last.
    private func key(_ server: ServerSnapshot) -> Double {
        func most(_ value: Double?) -> Double { value.map { $0.isNaN ? .infinity : -$0 } ?? .infinity }
        return switch self {
        case .worst: Double(Severity(server).rank)
        case .joined: 0
        case .running: most(server.facts?.minute.meanLoad ?? server.facts?.scrape.running)
        case .output: most(server.facts?.minute.generationTokensPerSecond)
        case .ttft: most(server.facts?.minute.ttft?.quantile(.p95)?.value ?? server.facts?.minute.ttft?.mean)
        }
    }
}

/// How bad it stands with a server: what its row is marked with, and sorted by.
struct Severity {
    var weight: Diagnosis.Weight?
    /// The lowest is the worst.
    var rank: Int

    init(_ server: ServerSnapshot) {
        let diagnoses = Diagnosis.allCases
        switch server.status {
        case .gone:
            weight = .red
            rank = 0
        case .trouble:
            weight = .red
            rank = 1
        case .waiting, .up:
            let worst = server.findings.map(\.diagnosis).min { left, right in
                (-left.weight.rawValue, Self.place(left)) < (-right.weight.rawValue, Self.place(right))
            }
            weight = worst?.weight
            rank = worst.map { 2 + Self.place($0) } ?? 2 + diagnoses.count
        case .left:
            weight = nil
            rank = 3 + diagnoses.count
        }
    }

    private static func place(_ diagnosis: Diagnosis) -> Int {
        Diagnosis.allCases.firstIndex(of: diagnosis) ?? 0
    }
}
