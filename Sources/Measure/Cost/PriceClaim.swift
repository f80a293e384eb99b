/// What somebody claims that a GPU costs an hour, power and the place where it stands included: a model of one date,
/// and no measurement. It is called so wherever it is shown.
package struct PriceClaim: Hashable, Sendable, Codable {
    package static let claimant = "SemiAnalysis InferenceX"
    package static let date = "2026-04"

    package enum GPU: String, Hashable, Sendable, Codable, CaseIterable {
        case h100, h200, b200, b300, gb200, gb300, mi300x, mi325x, mi355x
    }

    package enum Owner: String, Hashable, Sendable, Codable, CaseIterable {
        /// They own them and write them off in four years.
        case hyperscaler, neocloud
        /// For three years, a quarter of it paid at once.
        case rental
    }

    package var gpu: GPU
    package var owner: Owner
    package var count: Int

    package init(gpu: GPU, owner: Owner, count: Int = 1) {
        self.gpu = gpu
        self.owner = owner
        self.count = count
    }

    var perHour: Double { Double(count) * perGPUHour }

    private var perGPUHour: Double {
        let (hyperscaler, neocloud, rental) =
            switch gpu {
            case .h100: (1.30, 1.69, 1.30)
            case .h200: (1.41, 1.74, 1.60)
            case .b200: (1.95, 2.34, 2.90)
            case .b300: (2.34, 2.81, 3.48)
            case .gb200: (2.21, 2.75, 3.30)
            case .gb300: (2.65, 3.30, 3.96)
            case .mi300x: (1.12, 1.40, 1.55)
            case .mi325x: (1.28, 1.59, 1.80)
            case .mi355x: (1.48, 1.90, 2.10)
            }
        return switch owner {
        case .hyperscaler: hyperscaler
        case .neocloud: neocloud
        case .rental: rental
        }
    }
}

extension PriceClaim {
    static let prefix = "inferencex:"

    /// How one is written.
    package static let form =
        "\(prefix)8xh100:rental (GPUs: \(GPU.allCases.map(\.rawValue).joined(separator: ", ")); "
        + "owners: \(Owner.allCases.map(\.rawValue).joined(separator: ", ")))"

    private static let most = 100_000

    /// `inferencex:8xh100:rental`, `inferencex:h200:neocloud`; nil for anything else.
    package init?(parsing text: String) {
        let text = text.lowercased()
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let owner = Owner(rawValue: String(parts[1])) else { return nil }
        let digits = parts[0].prefix { $0.isASCII && $0.isNumber }
        let name = digits.isEmpty ? parts[0] : parts[0].dropFirst(digits.count + 1)
        guard digits.isEmpty || parts[0].dropFirst(digits.count).first == "x",
            let count = digits.isEmpty ? 1 : Int(digits), (1...Self.most).contains(count),
            let gpu = GPU(rawValue: String(name))
        else { return nil }
        self.init(gpu: gpu, owner: owner, count: count)
    }

    package var words: String {
        let owned = owner == .rental ? "rented for three years" : "a \(owner.rawValue)'s"
        return
            "\(count) × \(gpu.rawValue.uppercased()), \(owned), as \(Self.claimant) claims (\(Self.date); no measurement)"
    }
}
