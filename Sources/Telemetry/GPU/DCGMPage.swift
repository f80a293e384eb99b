import Measure

/// The page of NVIDIA's DCGM exporter, where one is given: the same quantities as of a library of one's own.
package struct DCGMPage {
    package let look: GPULook

    package static let isKnownBy = "DCGM_FI_DEV_"

    package init(_ page: [UInt8]) {
        var gpus: [String: GPULook.GPU] = [:]
        var used: [String: Double] = [:]
        var free: [String: Double] = [:]
        for sample in MetricsPage(parsing: page).samples where sample.series.hasPrefix("DCGM_FI_") {
            let series = SeriesName(sample.series)
            guard let index = series["gpu"].flatMap(Int.init), sample.value.isFinite else { continue }
            // A part of a card has no power, no heat and no clock of its own.
            guard series["GPU_I_ID"]?.isEmpty ?? true else { continue }
            // Several hosts on one page have the same numbers.
            let host = series["Hostname"].flatMap { $0.isEmpty ? nil : $0 }
            let key = "\(host ?? "") \(index)"
            var gpu =
                gpus[key]
                ?? GPULook.GPU(index: index, host: host, name: series["modelName"], uuid: series["UUID"])
            switch series.name {
            case "DCGM_FI_DEV_FB_USED": used[key] = sample.value * Self.mebibyte
            case "DCGM_FI_DEV_FB_FREE": free[key] = sample.value * Self.mebibyte
            default:
                if let (quantity, scale) = Self.quantities[series.name] {
                    gpu.values[quantity] = sample.value * scale
                }
            }
            gpus[key] = gpu
        }
        for (key, used) in used {
            gpus[key]?.values[.memoryUsed] = used
            gpus[key]?.values[.memoryTotal] = free[key].map { $0 + used }
        }
        look = GPULook(
            gpus: gpus.values.sorted { ($0.host ?? "", $0.index) < ($1.host ?? "", $1.index) })
    }

    /// - Throws: where there are more than any history keeps.
    package var fittingLook: GPULook {
        get throws(PageProblem) {
            guard look.gpus.count <= GPUHistory.mostGPUs else {
                throw .tooManyGPUs(limit: GPUHistory.mostGPUs)
            }
            return look
        }
    }

    private static let mebibyte = 1_048_576.0

    private static let quantities: [Substring: (GPUQuantity, Double)] = [
        "DCGM_FI_DEV_GPU_UTIL": (.utilisation, 0.01),
        "DCGM_FI_DEV_MEM_COPY_UTIL": (.memoryUtilisation, 0.01),
        "DCGM_FI_DEV_POWER_USAGE": (.watts, 1),
        // Millijoules.
        "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION": (.energy, 1e-3),
        "DCGM_FI_DEV_GPU_TEMP": (.celsius, 1),
        "DCGM_FI_DEV_MEMORY_TEMP": (.memoryCelsius, 1),
        "DCGM_FI_DEV_SM_CLOCK": (.clock, 1),
        "DCGM_FI_DEV_MEM_CLOCK": (.memoryClock, 1),
        // Nanoseconds, though older help texts say microseconds.
        "DCGM_FI_DEV_POWER_VIOLATION": (.throttledByPower, 1e-9),
        "DCGM_FI_DEV_THERMAL_VIOLATION": (.throttledByHeat, 1e-9),
        "DCGM_FI_DEV_CLOCKS_EVENT_REASONS": (.throttleReasons, 1),
        "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS": (.throttleReasons, 1),
    ]
}
