import FakeNVML
import Foundation
import Measure
import Synchronization
import Testing

@testable import Telemetry

/// Against the stand-in library, linked in: what it says by itself, without anything in the environment.
@Suite struct NVMLTests {
    private typealias Plain = @convention(c) () -> CInt
    private typealias Counted = @convention(c) (UnsafeMutablePointer<CUnsignedInt>?) -> CInt
    private typealias ByIndex =
        @convention(c) (CUnsignedInt, UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> CInt
    private typealias Text =
        @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, CUnsignedInt) -> CInt
    private typealias Int32s =
        @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CUnsignedInt>?) -> CInt
    private typealias Int64s =
        @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CUnsignedLongLong>?) -> CInt
    private typealias Int32Of =
        @convention(c) (UnsafeMutableRawPointer?, CUnsignedInt, UnsafeMutablePointer<CUnsignedInt>?) -> CInt
    private typealias Int64Of =
        @convention(c) (UnsafeMutableRawPointer?, CUnsignedInt, UnsafeMutablePointer<CUnsignedLongLong>?) ->
        CInt
    private typealias List =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<CUnsignedInt>?, UnsafeMutableRawPointer?
        ) -> CInt

    private static func address<Function>(_ function: Function) -> UInt {
        unsafeBitCast(function, to: UInt.self)
    }

    private static let functions: [String: UInt] = [
        "nvmlInit_v2": address(nvmlInit_v2 as Plain), "nvmlShutdown": address(nvmlShutdown as Plain),
        "nvmlDeviceGetCount_v2": address(nvmlDeviceGetCount_v2 as Counted),
        "nvmlDeviceGetHandleByIndex_v2": address(nvmlDeviceGetHandleByIndex_v2 as ByIndex),
        "nvmlDeviceGetName": address(nvmlDeviceGetName as Text),
        "nvmlDeviceGetUUID": address(nvmlDeviceGetUUID as Text),
        "nvmlDeviceGetUtilizationRates": address(nvmlDeviceGetUtilizationRates as Int32s),
        "nvmlDeviceGetMemoryInfo_v2": address(nvmlDeviceGetMemoryInfo_v2 as Int64s),
        "nvmlDeviceGetMemoryInfo": address(nvmlDeviceGetMemoryInfo as Int64s),
        "nvmlDeviceGetPowerUsage": address(nvmlDeviceGetPowerUsage as Int32s),
        "nvmlDeviceGetEnforcedPowerLimit": address(nvmlDeviceGetEnforcedPowerLimit as Int32s),
        "nvmlDeviceGetTotalEnergyConsumption": address(nvmlDeviceGetTotalEnergyConsumption as Int64s),
        "nvmlDeviceGetTemperatureV": address(nvmlDeviceGetTemperatureV as Int32s),
        "nvmlDeviceGetTemperature": address(nvmlDeviceGetTemperature as Int32Of),
        "nvmlDeviceGetClockInfo": address(nvmlDeviceGetClockInfo as Int32Of),
        "nvmlDeviceGetCurrentClocksEventReasons": address(nvmlDeviceGetCurrentClocksEventReasons as Int64s),
        "nvmlDeviceGetViolationStatus": address(nvmlDeviceGetViolationStatus as Int64Of),
        "nvmlDeviceGetComputeRunningProcesses_v3": address(nvmlDeviceGetComputeRunningProcesses_v3 as List),
        "nvmlDeviceGetComputeRunningProcesses": address(nvmlDeviceGetComputeRunningProcesses as List),
        "nvmlDeviceGetGraphicsRunningProcesses_v3": address(nvmlDeviceGetGraphicsRunningProcesses_v3 as List),
    ]

    private static func library(without missing: Set<String> = []) -> NVML? {
        try? NVML(
            find: { missing.contains($0) ? nil : functions[$0].flatMap { NVML.Address(bitPattern: $0) } },
            close: {})
    }

    private static func gpu(without missing: String...) throws -> GPULook.GPU {
        try #require(library(without: Set(missing))?.look().gpus.first)
    }

    @Test func allThatItSays() throws {
        let gpu = try Self.gpu()
        #expect(gpu.name == "NVIDIA H100 80GB HBM3")
        #expect(gpu.uuid == "GPU-00000000-0000-0000-0000-000000000000")
        let gigabyte = Double(1 << 30)
        #expect(gpu.values[.utilisation] == 0.94 && gpu.values[.memoryUtilisation] == 0.61)
        #expect(gpu.values[.memoryUsed] == 71 * gigabyte && gpu.values[.memoryTotal] == 80 * gigabyte)
        #expect(gpu.values[.watts] == 612 && gpu.values[.wattsLimit] == 700)
        #expect(gpu.values[.celsius] == 61)
        #expect(gpu.values[.clock] == 1980 && gpu.values[.memoryClock] == 2619)
        #expect(gpu.values[.throttleReasons] == 0 && gpu.values[.throttledByHeat] == 0)
        #expect(gpu.values[.isLost] == 0)
        #expect(try #require(gpu.values[.energy]) > 0)
    }

    @Test func energyIsPowerTimesTime() throws {
        let library = try #require(Self.library())
        var history = GPUHistory()
        var reader = GPUReader(source: SourceID(0))
        for second in 0..<2 {
            history.take(reader.read(library.look(), at: Moment(nanoseconds: Int64(second) * .second)))
        }
        // Joules, not its millijoules: far less than a second's 612 passed between the two looks.
        guard case .joules(let joules)? = history.figures(over: .session).first?.energy else {
            Issue.record("no energy")
            return
        }
        #expect((0..<612 * 600).contains(joules))
    }

    /// Older names and structures, where the newer ones are missing.
    @Test func olderCalls() throws {
        let gpu = try Self.gpu(
            without: "nvmlDeviceGetMemoryInfo_v2", "nvmlDeviceGetTemperatureV",
            "nvmlDeviceGetComputeRunningProcesses_v3")
        #expect(gpu.values[.memoryUsed] == 71 * Double(1 << 30) && gpu.values[.celsius] == 62)
    }

    /// Each one may be missing: all the others are read as before.
    @Test(arguments: functions.keys.sorted())
    func anyMayBeMissing(name: String) throws {
        guard let library = Self.library(without: [name]) else {
            #expect(["nvmlInit_v2", "nvmlDeviceGetCount_v2", "nvmlDeviceGetHandleByIndex_v2"].contains(name))
            return
        }
        let gpu = try #require(library.look().gpus.first)
        #expect(gpu.values.count >= 11)
        #expect(library.throttleReasons().count == 1)
    }

    @Test func onlyWhatMustBeThere() throws {
        let needed = ["nvmlInit_v2", "nvmlDeviceGetCount_v2", "nvmlDeviceGetHandleByIndex_v2"]
        let library = try #require(Self.library(without: Set(Self.functions.keys).subtracting(needed)))
        #expect(library.look() == GPULook(gpus: [GPULook.GPU(index: 0)]))
        #expect(library.throttleReasons() == [nil])
    }

    @Test func aDriverThatWasUpgraded() {
        let start: Plain = { 18 }
        let address = UInt(bitPattern: unsafeBitCast(start, to: NVML.Address.self))
        #expect(throws: NVML.Absence.driverUpgraded) {
            try NVML(
                find: { $0 == "nvmlInit_v2" ? NVML.Address(bitPattern: address) : nil }, close: {})
        }
        #expect(throws: NVML.Absence.none) { try NVML(find: { _ in nil }, close: {}) }
        let watch = GPUWatch(id: SourceID(0)) { () throws(NVML.Absence) in throw .driverUpgraded }
        while watch.trouble == nil { Thread.sleep(forTimeInterval: 0.001) }
    }

    @Test func nothingHangsWithTheDriver() {
        let opened = Mutex(false)
        let watch = GPUWatch(id: SourceID(0)) { () throws(NVML.Absence) in
            opened.withLock { $0 = true }
            // For longer than any test takes.
            Thread.sleep(forTimeInterval: 3_600)
            throw .none
        }
        while !opened.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
        #expect(watch.seen() == ThrottleTally())
    }
}
