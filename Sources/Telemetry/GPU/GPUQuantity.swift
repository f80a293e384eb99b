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
        var index: Int
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
    private let scrubber: Scrubber
    private var places: [String: Int] = [:]
    private var series: [Shown] = []

    /// Processes come and go, each with a series of its own.
    static let mostSeries = 4_096
    private static let longestSeries = 4_096

    /// - Parameter scrubber: for what an exporter's page calls its cards.
    package init(source: SourceID, scrubber: Scrubber = .withoutSecrets) {
        self.source = source
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
            let uuid = gpu.uuid.map { Self.quoted($0) } ?? ""
            let name = gpu.name.map { Self.quoted($0) } ?? ""
            set("gpu_info{gpu=\"\(gpu.index)\",name=\"\(name)\",uuid=\"\(uuid)\"}", 1)
            for quantity in GPUQuantity.allCases {
                guard let value = gpu.values[quantity], Reading.isKnown(value) else { continue }
                set("\(quantity.rawValue){gpu=\"\(gpu.index)\"}", value)
            }
            for (process, bytes) in gpu.processes.sorted(by: { $0.key < $1.key }) {
                // -1: it is there, and nobody says with how much.
                set("gpu_process_memory_bytes{gpu=\"\(gpu.index)\",pid=\"\(process)\"}", bytes ?? -1)
            }
        }
        return Reading(source: source, at: moment, series: series, values: values)
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
