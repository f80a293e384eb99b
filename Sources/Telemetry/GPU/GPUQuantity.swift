package import Measure

/// What is read of a GPU, whoever says it; its series' names are what recordings have.
enum GPUQuantity: String, Hashable, Sendable, CaseIterable {
    case utilisation = "gpu_utilisation"
    case memoryUtilisation = "gpu_memory_utilisation"
    case memoryUsed = "gpu_memory_used_bytes"
    case memoryTotal = "gpu_memory_total_bytes"
    case watts = "gpu_power_watts"
    case wattsLimit = "gpu_power_limit_watts"
    case celsius = "gpu_temperature_celsius"
    case memoryCelsius = "gpu_memory_temperature_celsius"
    case clock = "gpu_sm_clock_mhz"
    case memoryClock = "gpu_memory_clock_mhz"
    /// Only grow: joules since the driver was loaded, seconds of being held down.
    case energy = "gpu_energy_joules_total"
    case throttledByPower = "gpu_power_violation_seconds_total"
    case throttledByHeat = "gpu_thermal_violation_seconds_total"
    /// Bits, as NVML has them: where violations aren't counted.
    case throttleReasons = "gpu_throttle_reasons"
    /// 1 where the driver has given it up.
    case isLost = "gpu_lost"
}

/// What one look at all GPUs brought.
package struct GPULook: Hashable, Sendable {
    struct GPU: Hashable, Sendable {
        /// As its machine numbers it.
        var index: Int
        var host: String?
        var name: String?
        var uuid: String?
        var values: [GPUQuantity: Double] = [:]
        /// Bytes, by process; nil: unknown how many.
        var processes: [Int: Double?] = [:]
    }

    var gpus: [GPU] = []
}

/// Looks → readings: like a server's page, so that they are recorded, replayed and read as one.
package struct GPUReader: Sendable {
    private let source: SourceID
    private let host: String?
    private let scrubber: Scrubber
    /// What each is called in the series: its own number, unless another machine's has that.
    private var indices: [Card: Int] = [:]
    private var places: [String: Int] = [:]
    private var series: [Shown] = []

    /// Processes come and go, each with a series of its own.
    static let mostSeries = 4_096
    private static let longestSeries = 4_096

    private struct Card: Hashable {
        var host: String?
        var number: Int
    }

    /// - Parameters:
    ///   - host: where they are, unless a page says it of each; nil: on this machine.
    ///   - scrubber: for what an exporter's page calls its cards.
    package init(source: SourceID, host: String? = nil, scrubber: Scrubber = .withoutSecrets) {
        self.source = source
        self.host = host
        self.scrubber = scrubber
    }

    package mutating func read(_ look: GPULook, at moment: Moment) -> Reading {
        if series.count > Self.mostSeries { (places, series) = ([:], []) }
        var values = [Double?](repeating: nil, count: series.count)
        func set(_ name: String, _ value: Double?) {
            let place: Int
            if let known = places[name] {
                place = known
            } else {
                place = series.count
                places[name] = place
                // Names and UUIDs are a driver's, or a server's that tells of it.
                series.append(scrubber.shown(name, limit: Self.longestSeries))
                values.append(nil)
            }
            values[place] = value
        }
        for gpu in look.gpus {
            guard let index = index(of: gpu) else { continue }
            set(info(gpu, index), 1)
            for quantity in GPUQuantity.allCases {
                guard let value = gpu.values[quantity], Reading.isKnown(value) else { continue }
                set("\(quantity.rawValue){gpu=\"\(index)\"}", value)
            }
            for (process, bytes) in gpu.processes.sorted(by: { $0.key < $1.key }) {
                // -1: it is there, and nobody says with how much.
                set("gpu_process_memory_bytes{gpu=\"\(index)\",pid=\"\(process)\"}", bytes ?? -1)
            }
        }
        return Reading(source: source, at: moment, series: series, values: values)
    }

    /// The same as long as there is a page: one that is missing for a while is not taken for its neighbour.
    private mutating func index(of gpu: GPULook.GPU) -> Int? {
        let card = Card(host: gpu.host, number: gpu.index)
        if let known = indices[card] { return known }
        let taken = Set(indices.values)
        let free = taken.contains(gpu.index) ? (0...taken.count).first { !taken.contains($0) } : gpu.index
        guard indices.count < GPUHistory.mostGPUs, let free else { return nil }
        indices[card] = free
        return free
    }

    private func info(_ gpu: GPULook.GPU, _ index: Int) -> String {
        func label(_ name: String, _ text: String?) -> String {
            ",\(name)=\"\(text.map(Self.quoted) ?? "")\""
        }
        var labels = label("name", gpu.name) + label("uuid", gpu.uuid)
        if let host = gpu.host ?? host { labels += label("host", host) }
        if index != gpu.index { labels += label("number", "\(gpu.index)") }
        return "gpu_info{gpu=\"\(index)\"\(labels)}"
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
