import Foundation
import Measure
import Testing

@testable import Telemetry

@Suite struct SysfsGPUsTests {
    private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
        "sys-\(UUID().uuidString)")

    private func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(Array(bytes)).write(to: file)
    }

    /// As an MI300X has it, but for its size.
    private func card(_ number: Int, vendor: String = "0x1002") throws {
        let device = "class/drm/card\(number)/device"
        for (file, text) in [
            "vendor": vendor, "unique_id": "abc\(number)", "gpu_busy_percent": "87", "mem_busy_percent": "40",
            "mem_info_vram_used": "1000", "mem_info_vram_total": "4000",
            "hwmon/hwmon3/power1_average": "512000000",
            "hwmon/hwmon3/power1_cap": "750000000", "hwmon/hwmon3/temp1_input": "50000",
            "hwmon/hwmon3/temp2_input": "71000", "hwmon/hwmon3/temp3_input": "60000",
            "hwmon/hwmon3/freq1_input": "2100000000",
        ] { try write("\(device)/\(file)", (text + "\n").utf8) }
    }

    private func metrics(_ format: UInt8, _ content: UInt8, energy: UInt64, size: UInt8 = 120) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(size))
        (bytes[0], bytes[2], bytes[3]) = (size, format, content)
        for place in 0..<8 where 24 + place < bytes.count {
            bytes[24 + place] = UInt8(energy >> UInt64(8 * place) & 255)
        }
        return bytes
    }

    @Test func aCopiedTree() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try card(1)
        try card(0)
        try card(2, vendor: "0x10de")
        try write("class/drm/card0-DP-1/status", "connected".utf8)
        try write("class/drm/card1/device/gpu_metrics", metrics(1, 3, energy: 1_000_000))
        let gpus = try #require(SysfsGPUs(root: root.path)).look().gpus
        #expect(gpus.map(\.index) == [0, 1] && gpus.map(\.uuid) == ["abc0", "abc1"])
        #expect(gpus[0].values[.utilisation] == 0.87 && gpus[0].values[.memoryUtilisation] == 0.4)
        #expect(gpus[0].values[.memoryUsed] == 1000 && gpus[0].values[.memoryTotal] == 4000)
        #expect(gpus[0].values[.watts] == 512 && gpus[0].values[.wattsLimit] == 750)
        #expect(gpus[0].values[.celsius] == 71 && gpus[0].values[.memoryCelsius] == 60)
        #expect(gpus[0].values[.clock] == 2100 && gpus[0].values[.energy] == nil)
        #expect(isNear(gpus[1].values[.energy], 15.259))
    }

    @Test(
        arguments: [
            (1, 0, 5, 120), (2, 3, 5, 120), (1, 9, 5, 120), (1, 3, UInt64.max, 120), (1, 3, 5, 28),
            (1, 3, 5, 4),
        ] as [(UInt8, UInt8, UInt64, UInt8)])
    func layoutsThatAreNotKnown(format: UInt8, content: UInt8, energy: UInt64, size: UInt8) throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try card(0)
        try write(
            "class/drm/card0/device/gpu_metrics", metrics(format, content, energy: energy, size: size))
        #expect(try #require(SysfsGPUs(root: root.path)).look().gpus[0].values[.energy] == nil)
    }

    @Test func noneIsNone() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(SysfsGPUs(root: root.path) == nil)
        try card(0, vendor: "0x10de")
        #expect(SysfsGPUs(root: root.path) == nil)
    }
}

@Suite struct DCGMPageTests {
    /// A blank behind the comma, as it has.
    private func line(_ name: String, _ value: Double, gpu: Int = 0, host: String = "a", more: String = "")
        -> String
    {
        "DCGM_FI_DEV_\(name){gpu=\"\(gpu)\", UUID=\"GPU-\(gpu)\", modelName=\"NVIDIA H100\", Hostname=\"\(host)\"\(more)} \(value)\n"
    }

    @Test func aPage() throws {
        let page =
            line("GPU_UTIL", 93) + line("FB_USED", 70_000) + line("FB_FREE", 11_000)
            + line("POWER_USAGE", 600.5)
            + line("TOTAL_ENERGY_CONSUMPTION", 5e6) + line("GPU_TEMP", 61) + line("SM_CLOCK", 1980)
            + line("POWER_VIOLATION", 2e9) + line("GPU_UTIL", 5, gpu: 1)
            + line("GPU_UTIL", 99, gpu: 1, more: ",GPU_I_ID=\"2\"")
        let gpus = DCGMPage(Array(page.utf8)).look.gpus
        #expect(gpus.map(\.index) == [0, 1])
        #expect(gpus[0].name == "NVIDIA H100" && gpus[0].uuid == "GPU-0")
        let expected: [GPUQuantity: Double] = [
            .utilisation: 0.93, .memoryUsed: 73_400_320_000, .memoryTotal: 84_934_656_000, .watts: 600.5,
            .energy: 5000, .celsius: 61, .clock: 1980, .throttledByPower: 2,
        ]
        #expect(gpus[0].values == expected)
        #expect(gpus[1].values == [.utilisation: 0.05])
    }

    /// An exporter's page is a server's text, too.
    @Test func aQuotedSecretIsTakenOut() {
        let page = line("GPU_UTIL", 93).replacing("NVIDIA H100", with: "key sk-Winterreise-1827")
        var reader = GPUReader(source: SourceID(0), scrubber: Scrubber(secrets: ["sk-Winterreise-1827"]))
        let reading = reader.read(DCGMPage(Array(page.utf8)).look, at: .zero)
        #expect(reading.series.contains { $0.text.contains("key •••") })
        #expect(!reading.series.contains { $0.text.contains("Winter") })
    }

    @Test func moreThanAnyMachineHas() throws {
        let page = (0...GPUHistory.mostGPUs).map { line("GPU_UTIL", 1, gpu: $0) }
        #expect(
            try DCGMPage(Array(page.dropLast().joined().utf8)).fittingLook.gpus.count == GPUHistory.mostGPUs)
        #expect(throws: PageProblem.tooManyGPUs(limit: GPUHistory.mostGPUs)) {
            try DCGMPage(Array(page.joined().utf8)).fittingLook
        }
    }

    /// Their cards have the same numbers, and stay what they are when some are missing.
    @Test func twoHosts() {
        var reader = GPUReader(source: SourceID(0))
        var history = GPUHistory()
        func read(_ hosts: [String], at second: Int64) -> [GPUFigures] {
            let page = hosts.map { host in
                (0...1).map { line("GPU_UTIL", host == "a" ? 10 : 20, gpu: $0, host: host) }.joined()
            }
            let look = DCGMPage(Array(page.joined().utf8)).look
            history.take(reader.read(look, at: Moment(nanoseconds: second * .second)))
            return history.figures(over: .scrape)
        }
        let both = read(["b", "a"], at: 0)
        #expect(both.map(\.index) == [0, 1, 2, 3] && both.map(\.number) == [0, 1, 0, 1])
        #expect(both.map(\.host) == ["a", "a", "b", "b"] && both.map(\.utilisation) == [0.1, 0.1, 0.2, 0.2])
        let one = read(["b"], at: 1)
        #expect(one.map(\.index) == [2, 3] && one.map(\.number) == [0, 1] && one.map(\.host) == ["b", "b"])
        #expect(read(["a", "b"], at: 2).map(\.host) == ["a", "a", "b", "b"])
    }

    @Test func whereItIsAndWhatIsNoPage() {
        var reader = GPUReader(source: SourceID(0), host: "gpu07")
        var history = GPUHistory()
        history.take(reader.read(DCGMPage(Array(line("GPU_UTIL", 1, host: "").utf8)).look, at: .zero))
        #expect(history.figures(over: .scrape).map(\.host) == ["gpu07"])
        #expect(DCGMPage(Array("<html>".utf8)).look.gpus.isEmpty)
    }
}
