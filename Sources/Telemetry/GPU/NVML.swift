import Glibc

/// NVIDIA's management library, loaded while the program runs: most machines have none, and that is no error. Each of
/// its functions may be missing, and each may have nothing to say of some card.
///
/// Its calls block, and may hang with a driver in trouble.
final class NVML {
    typealias Address = UnsafeMutableRawPointer
    private typealias Plain = @convention(c) () -> CInt
    private typealias Counted = @convention(c) (UnsafeMutablePointer<CUnsignedInt>) -> CInt
    private typealias DeviceByIndex =
        @convention(c) (CUnsignedInt, UnsafeMutablePointer<OpaquePointer?>) -> CInt
    private typealias Text = @convention(c) (OpaquePointer, UnsafeMutablePointer<CChar>, CUnsignedInt) -> CInt
    /// Into a number or a structure.
    private typealias Read = @convention(c) (OpaquePointer, UnsafeMutableRawPointer) -> CInt
    private typealias ReadOf = @convention(c) (OpaquePointer, CUnsignedInt, UnsafeMutableRawPointer) -> CInt
    private typealias Processes =
        @convention(c) (OpaquePointer, UnsafeMutablePointer<CUnsignedInt>, UnsafeMutableRawPointer?) -> CInt

    /// Why it can't be used.
    enum Absence: Error {
        /// There is no such library, no driver, or no GPU.
        case none
        /// The driver was upgraded, and the old one runs until the machine starts again.
        case driverUpgraded
    }

    private static let success: CInt = 0
    private static let versionMismatch: CInt = 18
    private static let insufficientSize: CInt = 7
    /// The device is lost, or must be reset.
    private static let lost: Set<CInt> = [15, 16]

    private let find: (String) -> Address?
    private let close: () -> Void
    private let devices: [OpaquePointer?]
    private let utilization: Read?
    private let memory2: Read?
    private let memory: Read?
    private let power: Read?
    private let powerLimit: Read?
    private let energy: Read?
    private let temperatureV: Read?
    private let temperature: ReadOf?
    private let clock: ReadOf?
    private let eventReasons: Read?
    private let violation: ReadOf?
    private let processes: [(read: Processes, size: Int)]
    private let names: [(name: String?, uuid: String?)]

    convenience init() throws(Absence) {
        guard let library = dlopen("libnvidia-ml.so.1", RTLD_NOW) ?? dlopen("libnvidia-ml.so", RTLD_NOW)
        else { throw .none }
        try self.init(find: { dlsym(library, $0) }, close: { dlclose(library) })
    }

    /// - Parameter find: the address of a function of nvml.h; nil where the library has none.
    init(find: @escaping (String) -> Address?, close: @escaping () -> Void) throws(Absence) {
        func function<Function>(_ names: String..., as type: Function.Type) -> Function? {
            // The types are those of nvml.h; a C function's address is all that such a value is.
            names.lazy.compactMap(find).first.map { unsafeBitCast($0, to: type) }
        }
        let started = function("nvmlInit_v2", as: Plain.self)?()
        guard started == Self.success else {
            close()
            throw started == Self.versionMismatch ? .driverUpgraded : .none
        }
        let devices = Self.devices(
            function("nvmlDeviceGetCount_v2", as: Counted.self),
            function("nvmlDeviceGetHandleByIndex_v2", as: DeviceByIndex.self))
        guard !devices.isEmpty else {
            _ = function("nvmlShutdown", as: Plain.self)?()
            close()
            throw .none
        }
        self.find = find
        self.close = close
        self.devices = devices
        utilization = function("nvmlDeviceGetUtilizationRates", as: Read.self)
        memory2 = function("nvmlDeviceGetMemoryInfo_v2", as: Read.self)
        memory = function("nvmlDeviceGetMemoryInfo", as: Read.self)
        power = function("nvmlDeviceGetPowerUsage", as: Read.self)
        powerLimit = function("nvmlDeviceGetEnforcedPowerLimit", as: Read.self)
        energy = function("nvmlDeviceGetTotalEnergyConsumption", as: Read.self)
        temperatureV = function("nvmlDeviceGetTemperatureV", as: Read.self)
        temperature = function("nvmlDeviceGetTemperature", as: ReadOf.self)
        clock = function("nvmlDeviceGetClockInfo", as: ReadOf.self)
        eventReasons = function(
            "nvmlDeviceGetCurrentClocksEventReasons",
            // Its name before driver 535.
            "nvmlDeviceGetCurrentClocksThrottleReasons", as: Read.self)
        violation = function("nvmlDeviceGetViolationStatus", as: ReadOf.self)
        // Each function with the size of its own structure: the first version had less in it.
        processes = ["Compute", "Graphics"].compactMap { kind in
            let name = "nvmlDeviceGet\(kind)RunningProcesses"
            if let read = function("\(name)_v3", "\(name)_v2", as: Processes.self) { return (read, 24) }
            return function(name, as: Processes.self).map { ($0, 16) }
        }
        let name = function("nvmlDeviceGetName", as: Text.self)
        let uuid = function("nvmlDeviceGetUUID", as: Text.self)
        names = devices.map { device in (Self.text(name, device), Self.text(uuid, device)) }
    }

    deinit {
        if let end = find("nvmlShutdown").map({ unsafeBitCast($0, to: Plain.self) }) { _ = end() }
        close()
    }

    /// Those that can't be read, too.
    var count: Int { devices.count }

    /// One for each GPU; nil where one can't tell.
    func throttleReasons() -> [ThrottleReasons?] {
        devices.map { device in
            device.flatMap { long(eventReasons, $0) }.map { ThrottleReasons(rawValue: $0) }
        }
    }

    /// All that it says of all GPUs.
    func look() -> GPULook {
        GPULook(
            gpus: devices.enumerated().compactMap { index, device in device.map { look(at: $0, index) } })
    }

    private func look(at device: OpaquePointer, _ index: Int) -> GPULook.GPU {
        var gpu = GPULook.GPU(index: index, name: names[index].name, uuid: names[index].uuid)
        let values = UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8)
        defer { values.deallocate() }
        if let returned = utilization?(device, values) {
            if returned == Self.success {
                gpu.values[.utilisation] = Double(values.load(as: UInt32.self)) / 100
                gpu.values[.memoryUtilisation] = Double(values.load(fromByteOffset: 4, as: UInt32.self)) / 100
            }
            gpu.values[.isLost] = Self.lost.contains(returned) ? 1 : 0
        }
        // What is lost answers no more, or not in time.
        guard gpu.values[.isLost] != 1 else { return gpu }
        (gpu.values[.memoryUsed], gpu.values[.memoryTotal]) = memory(of: device)
        gpu.values[.watts] = int(power, device).map { Double($0) / 1e3 }
        gpu.values[.wattsLimit] = int(powerLimit, device).map { Double($0) / 1e3 }
        gpu.values[.energy] = long(energy, device).map { Double($0) / 1e3 }
        gpu.values[.celsius] = celsius(of: device)
        gpu.values[.clock] = int(clock, 1, device).map(Double.init)
        gpu.values[.memoryClock] = int(clock, 2, device).map(Double.init)
        gpu.values[.throttleReasons] = long(eventReasons, device).map(Double.init)
        gpu.values[.throttledByPower] = violation(0, device)
        gpu.values[.throttledByHeat] = violation(1, device)
        for (read, size) in processes {
            gpu.processes.merge(Self.list(read, size, device)) { one, other in one ?? other }
        }
        return gpu
    }

    // MARK: Single readings

    private func int(_ read: Read?, _ device: OpaquePointer) -> UInt32? {
        var value: UInt32 = 0
        return read?(device, &value) == Self.success ? value : nil
    }

    private func int(_ read: ReadOf?, _ which: CUnsignedInt, _ device: OpaquePointer) -> UInt32? {
        var value: UInt32 = 0
        return read?(device, which, &value) == Self.success ? value : nil
    }

    private func long(_ read: Read?, _ device: OpaquePointer) -> UInt64? {
        var value: UInt64 = 0
        return read?(device, &value) == Self.success ? value : nil
    }

    private func memory(of device: OpaquePointer) -> (used: Double?, total: Double?) {
        // version, total, reserved, free, used; the first of four bytes, with its size in it.
        var second: [UInt64] = [0x0200_0028, 0, 0, 0, 0]
        if memory2?(device, &second) == Self.success { return (Double(second[4]), Double(second[1])) }
        // total, free, used
        var first: [UInt64] = [0, 0, 0]
        return memory?(device, &first) == Self.success ? (Double(first[2]), Double(first[0])) : (nil, nil)
    }

    private func celsius(of device: OpaquePointer) -> Double? {
        // version, sensor, temperature
        var versioned: [UInt32] = [0x0100_000C, 0, 0]
        if temperatureV?(device, &versioned) == Self.success {
            return Double(Int32(bitPattern: versioned[2]))
        }
        return int(temperature, 0, device).map(Double.init)
    }

    /// Seconds that this policy held the clocks down; the time that they are of comes first, and isn't needed.
    private func violation(_ policy: CUnsignedInt, _ device: OpaquePointer) -> Double? {
        var times: [UInt64] = [0, 0]
        guard violation?(device, policy, &times) == Self.success, times[1] != .max else { return nil }
        return Double(times[1]) / 1e9
    }

    private static let mostProcesses: CUnsignedInt = 1_024

    private static func list(_ read: Processes, _ size: Int, _ device: OpaquePointer) -> [Int: Double?] {
        var count: CUnsignedInt = 0
        let asked = read(device, &count, nil)
        guard asked == insufficientSize, count > 0, count <= mostProcesses else { return [:] }
        // Some may come meanwhile.
        count += 8
        let infos = UnsafeMutableRawPointer.allocate(byteCount: Int(count) * size, alignment: 8)
        defer { infos.deallocate() }
        let room = count
        guard read(device, &count, infos) == success else { return [:] }
        var processes: [Int: Double?] = [:]
        for place in 0..<Int(min(count, room)) {
            let process = infos.load(fromByteOffset: place * size, as: UInt32.self)
            let used = infos.load(fromByteOffset: place * size + 8, as: UInt64.self)
            processes[Int(process)] = .some(used == .max ? nil : Double(used))
        }
        return processes
    }

    private static func text(_ read: Text?, _ device: OpaquePointer?) -> String? {
        guard let read, let device else { return nil }
        var text = [CChar](repeating: 0, count: 96)
        guard read(device, &text, CUnsignedInt(text.count)) == success else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func devices(_ count: Counted?, _ byIndex: DeviceByIndex?) -> [OpaquePointer?] {
        guard let count, let byIndex else { return [] }
        var number: CUnsignedInt = 0
        guard count(&number) == success else { return [] }
        return (0..<min(number, 64)).map { index in
            var device: OpaquePointer?
            return byIndex(index, &device) == success ? device : nil
        }
    }
}
