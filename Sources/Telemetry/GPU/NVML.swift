import Glibc

/// NVIDIA's management library, loaded while the program runs: most machines have none, and that is no error.
///
/// Its calls block, and may hang with a driver in trouble.
final class NVML {
    private typealias Init = @convention(c) () -> CInt
    private typealias DeviceCount = @convention(c) (UnsafeMutablePointer<CUnsignedInt>) -> CInt
    private typealias DeviceByIndex =
        @convention(c) (CUnsignedInt, UnsafeMutablePointer<OpaquePointer?>) -> CInt
    private typealias EventReasons =
        @convention(c) (OpaquePointer?, UnsafeMutablePointer<CUnsignedLongLong>) -> CInt

    private static let success: CInt = 0

    private let library: UnsafeMutableRawPointer
    private let eventReasons: EventReasons
    private let devices: [OpaquePointer?]

    /// nil where there is no such library, no driver, or no GPU.
    init?() {
        guard let library = dlopen("libnvidia-ml.so.1", RTLD_NOW) ?? dlopen("libnvidia-ml.so", RTLD_NOW)
        else { return nil }
        guard let start = Self.symbol("nvmlInit_v2", in: library, as: Init.self), start() == Self.success
        else {
            dlclose(library)
            return nil
        }
        let reasons =
            Self.symbol("nvmlDeviceGetCurrentClocksEventReasons", in: library, as: EventReasons.self)
            // Its name before driver 535.
            ?? Self.symbol("nvmlDeviceGetCurrentClocksThrottleReasons", in: library, as: EventReasons.self)
        let devices = Self.devices(in: library)
        guard let reasons, !devices.isEmpty else {
            Self.shutDown(library)
            return nil
        }
        self.library = library
        eventReasons = reasons
        self.devices = devices
    }

    deinit { Self.shutDown(library) }

    /// One for each GPU; nil where one can't tell.
    func throttleReasons() -> [ThrottleReasons?] {
        devices.map { device in
            guard let device else { return nil }
            var bits: CUnsignedLongLong = 0
            return eventReasons(device, &bits) == Self.success ? ThrottleReasons(rawValue: bits) : nil
        }
    }

    private static func devices(in library: UnsafeMutableRawPointer) -> [OpaquePointer?] {
        guard let deviceCount = symbol("nvmlDeviceGetCount_v2", in: library, as: DeviceCount.self),
            let deviceByIndex = symbol("nvmlDeviceGetHandleByIndex_v2", in: library, as: DeviceByIndex.self)
        else { return [] }
        var count: CUnsignedInt = 0
        guard deviceCount(&count) == success else { return [] }
        return (0..<min(count, 64)).map { index in
            var device: OpaquePointer?
            return deviceByIndex(index, &device) == success ? device : nil
        }
    }

    private static func shutDown(_ library: UnsafeMutableRawPointer) {
        if let end = symbol("nvmlShutdown", in: library, as: Init.self) { _ = end() }
        dlclose(library)
    }

    private static func symbol<Function>(
        _ name: String, in library: UnsafeMutableRawPointer, as type: Function.Type
    ) -> Function? {
        // The types above are those of nvml.h; a C function's address is all that such a value is.
        dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
}
