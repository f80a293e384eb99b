import Measure

/// A row of `gpus.csv`: a GPU since the reading before. What isn't known is empty, and never 0.
enum GPUColumns {
    static let names = [
        "time_ns", "time", "run_id", "source_id", "gpu", "name", "uuid", "interval_s", "utilisation",
        "memory_utilisation", "memory_used_bytes", "memory_total_bytes", "power_w", "power_limit_w",
        "temperature_c", "memory_temperature_c", "sm_clock_mhz", "memory_clock_mhz", "throttled_share",
        "power_capped_share", "thermal_share", "brake_share", "energy_j", "energy_missing", "lost",
        "processes", "serves", "host", "mean_utilisation", "mean_power_w",
    ]

    /// What a GPU is beside its figures: where, since when, and for whom.
    struct Place {
        var session: SessionInfo
        var source: SourceID
        var at: Moment
        var interval: Nanoseconds?
        /// Servers' addresses.
        var serves: [String]
    }

    static func row(of gpu: GPUFigures, _ place: Place) -> [ColumnValue] {
        let anchor = place.session.started
        let numbers = [
            gpu.utilisation, gpu.memoryUtilisation, gpu.memoryUsed, gpu.memoryTotal, gpu.watts,
            gpu.wattsLimit, gpu.celsius, gpu.memoryCelsius, gpu.clockMHz, gpu.memoryClockMHz,
            gpu.throttledShare, gpu.powerCappedShare, gpu.thermalShare, gpu.brakeShare,
        ]
        let (joules, missing): (Double?, NoEnergy?) =
            switch gpu.energy {
            case .joules(let joules): (joules, nil)
            case .unknown(let reason): (nil, reason)
            }
        return [
            .integer(Int(anchor.unix(place.at))), .text(anchor.iso(place.at)), .text(place.session.runID),
            .integer(Int(place.source.index)), .integer(gpu.number), .text(gpu.name?.text),
            .text(gpu.uuid?.text), .number(place.interval?.inSeconds),
        ] + numbers.map { .number($0) } + [
            .number(joules), .text(missing?.rawValue), .flag(gpu.isLost), .text(processes(of: gpu)),
            place.serves.isEmpty ? .missing : .text(place.serves.joined(separator: " ")),
            .text(gpu.host?.text), .number(gpu.meanUtilisation), .number(gpu.meanWatts),
        ]
    }

    /// `4711=75161927680 4712=?`: what each holds, in bytes.
    private static func processes(of gpu: GPUFigures) -> String? {
        let all = gpu.processes.sorted { $0.key < $1.key }.map { process, bytes in
            "\(process)=\(bytes.flatMap { Int64(exactly: $0.rounded()) }.map { "\($0)" } ?? "?")"
        }
        return all.isEmpty ? nil : all.joined(separator: " ")
    }
}
