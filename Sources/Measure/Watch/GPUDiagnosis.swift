/// What may be wrong with a GPU, each by a rule of its own, over the last minute.
package enum GPUDiagnosis: String, Hashable, Sendable, Codable, CaseIterable {
    // The worst first.
    case lost = "gpu-lost"
    case hot = "gpu-hot"
    case braked = "gpu-braked"
    case powerCapped = "gpu-power-capped"

    package var weight: Diagnosis.Weight { self == .powerCapped ? .yellow : .red }

    /// Half of the time is more than what a heavy load does to a sound card.
    private static let oftenCapped = 0.5

    /// Whether it is so. What isn't known is not so.
    package func holds(_ gpu: GPUFigures) -> Bool {
        switch self {
        case .lost: gpu.isLost
        case .hot: gpu.thermalShare ?? 0 > 0
        case .braked: gpu.brakeShare ?? 0 > 0
        case .powerCapped: gpu.powerCappedShare ?? 0 >= Self.oftenCapped
        }
    }

    /// What is wrong, with the figures that say so.
    ///
    /// - Parameter name: the GPU's.
    package func sentence(_ gpu: GPUFigures, as name: Shown) -> Shown {
        // An exporter's page may say anything.
        func percent(_ share: Double?) -> Int { Int(max(0, min(1, share ?? 0)) * 100 + 0.5) }
        return switch self {
        case .lost: "\(name) is lost: its driver has given it up"
        case .hot: "\(name) too hot \(percent(gpu.thermalShare)) % of the time"
        case .braked: "\(name) braked by its power supply \(percent(gpu.brakeShare)) % of the time"
        case .powerCapped: "\(name) power-capped \(percent(gpu.powerCappedShare)) % of the time"
        }
    }

    /// What it usually comes of.
    package var usualCause: Shown {
        switch self {
        case .lost: "a fault of the card, its slot or its supply: the kernel's log has an Xid"
        case .hot: "a fan, a filter or the room: clocks fall until it is cooler"
        case .braked: "the machine's supply is overloaded, or one of two has failed"
        case .powerCapped:
            "the card does all that its limit allows; a higher limit, where it is allowed, gives more"
        }
    }

    /// Of one GPU, the worst first.
    package static func found(in gpu: GPUFigures) -> [GPUDiagnosis] { allCases.filter { $0.holds(gpu) } }

    /// Of all of them, the worst first.
    ///
    /// - Parameter withHost: their machines are named.
    package static func found(in gpus: [GPUFigures], withHost: Bool) -> [GPUFinding] {
        allCases.flatMap { diagnosis in
            gpus.filter(diagnosis.holds).map { gpu in
                let name = gpu.title(withHost: withHost)
                return GPUFinding(
                    gpu: gpu.id, name: name, diagnosis: diagnosis, sentence: diagnosis.sentence(gpu, as: name)
                )
            }
        }
    }
}

/// A diagnosis that stands against a GPU.
package struct GPUFinding: Hashable, Sendable {
    package var gpu: GPUID
    package var name: Shown
    package var diagnosis: GPUDiagnosis
    package var sentence: Shown

    package init(gpu: GPUID, name: Shown, diagnosis: GPUDiagnosis, sentence: Shown) {
        self.gpu = gpu
        self.name = name
        self.diagnosis = diagnosis
        self.sentence = sentence
    }

    /// It is the same one, whatever its figures are now.
    package func isSame(as other: GPUFinding) -> Bool { (gpu, diagnosis) == (other.gpu, other.diagnosis) }
}
