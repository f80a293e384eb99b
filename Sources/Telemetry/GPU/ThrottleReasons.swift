/// Why a GPU holds its clocks down, as NVML's `nvmlDeviceGetCurrentClocksEventReasons` has it. Other bits
/// (idle, clocks set by an application, display) are no throttling.
struct ThrottleReasons: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    static let powerCap = ThrottleReasons(rawValue: 0x04)
    static let hardwareSlowdown = ThrottleReasons(rawValue: 0x08)
    static let softwareThermal = ThrottleReasons(rawValue: 0x20)
    static let hardwareThermal = ThrottleReasons(rawValue: 0x40)
    static let powerBrake = ThrottleReasons(rawValue: 0x80)

    /// Something is wrong when one of these is seen even once.
    static let alarming: ThrottleReasons = [.softwareThermal, .hardwareThermal, .powerBrake]
    /// These are touched for moments by sound cards: the power limit under any heavy load, the slowdown (so
    /// nvml.h) when clocks change.
    static let passing: ThrottleReasons = [.powerCap, .hardwareSlowdown]
}
