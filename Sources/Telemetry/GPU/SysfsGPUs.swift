import Foundation
import System

/// AMD's GPUs, by the files that their driver keeps below a root folder (`/sys`): no library, no rights.
struct SysfsGPUs {
    private let cards: [Card]

    private struct Card {
        var index: Int
        var device: String
        /// Where its sensors are.
        var sensors: String?
        var uuid: String?
        var name: String?
    }

    private static let amd = "0x1002"
    /// More than any machine has.
    private static let mostCards = 256

    /// nil where there is none.
    ///
    /// - Parameter firstIndex: how many other GPUs come before these.
    init?(root: String = "/sys", firstIndex: Int = 0) {
        let folder = root + "/class/drm"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // card0, not its outputs card0-DP-1.
        let numbers = names.compactMap { $0.hasPrefix("card") ? Int($0.dropFirst(4)) : nil }.sorted()
        let found = numbers.prefix(Self.mostCards).filter {
            Self.word("\(folder)/card\($0)/device/vendor") == Self.amd
        }
        cards = found.enumerated().map { index, number in
            let device = "\(folder)/card\(number)/device"
            let sensors = (try? FileManager.default.contentsOfDirectory(atPath: device + "/hwmon"))?
                .sorted().first.map { "\(device)/hwmon/\($0)" }
            return Card(
                index: firstIndex + index, device: device, sensors: sensors,
                uuid: Self.word(device + "/unique_id"),
                name: Self.word(device + "/product_name"))
        }
        guard !cards.isEmpty else { return nil }
    }

    func look() -> GPULook { GPULook(gpus: cards.map(Self.look)) }

    private static func look(at card: Card) -> GPULook.GPU {
        var gpu = GPULook.GPU(index: card.index, name: card.name ?? "AMD GPU", uuid: card.uuid)
        func device(_ file: String, per unit: Double = 1) -> Double? {
            number("\(card.device)/\(file)").map { $0 / unit }
        }
        func sensor(_ files: String..., per unit: Double) -> Double? {
            guard let sensors = card.sensors else { return nil }
            return files.lazy.compactMap { number("\(sensors)/\($0)") }.first.map { $0 / unit }
        }
        gpu.values[.utilisation] = device("gpu_busy_percent", per: 100)
        gpu.values[.memoryUtilisation] = device("mem_busy_percent", per: 100)
        gpu.values[.memoryUsed] = device("mem_info_vram_used")
        gpu.values[.memoryTotal] = device("mem_info_vram_total")
        // Microwatts; the newer of the two names is a momentary value.
        gpu.values[.watts] = sensor("power1_average", "power1_input", per: 1e6)
        gpu.values[.wattsLimit] = sensor("power1_cap", per: 1e6)
        // The junction is hotter than the edge, and what throttles.
        gpu.values[.celsius] = sensor("temp2_input", "temp1_input", per: 1e3)
        gpu.values[.memoryCelsius] = sensor("temp3_input", per: 1e3)
        gpu.values[.clock] = sensor("freq1_input", per: 1e6)
        gpu.values[.memoryClock] = sensor("freq2_input", per: 1e6)
        if let accumulated = energyAccumulated(card.device + "/gpu_metrics") {
            gpu.values[.energy] = accumulated
        }
        return gpu
    }

    private static let jouleUnit = 15.259e-6

    /// The accumulator of `gpu_metrics`, where its layout is one that is known to have it.
    private static func energyAccumulated(_ path: String) -> Double? {
        guard let data = PlainFile.read(path, limit: 1 << 16), data.count >= 4 else { return nil }
        let size = Int(data[0]) | Int(data[1]) << 8
        guard data.count >= size, let offset = energyOffset(format: data[2], content: data[3]),
            size >= offset + 8
        else { return nil }
        let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(data[offset + $1]) << UInt64(8 * $1) }
        return value == .max || value == 0 ? nil : Double(value) * jouleUnit
    }

    /// v1.1 to v1.3: behind four bytes of header come six temperatures, three activities and the power, in two bytes
    /// each. v1.4: three temperatures, the power, two activities and four.
    private static func energyOffset(format: UInt8, content: UInt8) -> Int? {
        format == 1 && (1...4).contains(content) ? 24 : nil
    }

    // MARK: Files

    private static func number(_ path: String) -> Double? { word(path).flatMap(Double.init) }

    private static func word(_ path: String) -> String? {
        guard let data = PlainFile.read(path, limit: 1 << 16) else { return nil }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}
