/// Why a GPU holds its clocks down, as NVML's `nvmlDeviceGetCurrentClocksEventReasons` has it. Other bits
/// (idle, clocks set by an application, display) are no throttling.
public struct ThrottleReasons: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let powerCap = ThrottleReasons(rawValue: 0x04)
    public static let hardwareSlowdown = ThrottleReasons(rawValue: 0x08)
    public static let softwareThermal = ThrottleReasons(rawValue: 0x20)
    public static let hardwareThermal = ThrottleReasons(rawValue: 0x40)
    public static let powerBrake = ThrottleReasons(rawValue: 0x80)

    /// Something is wrong when one of these is seen even once.
    public static let alarming: ThrottleReasons = [.softwareThermal, .hardwareThermal, .powerBrake]
    /// These are touched for moments by sound cards: the power limit under any heavy load, the slowdown (so
    /// nvml.h) when clocks change.
    public static let passing: ThrottleReasons = [.powerCap, .hardwareSlowdown]
}
