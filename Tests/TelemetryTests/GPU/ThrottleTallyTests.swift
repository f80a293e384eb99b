import Testing

@testable import Telemetry

@Suite struct ThrottleTallyTests {
    private func isThrottled(_ readings: [[ThrottleReasons?]], after earlier: [[ThrottleReasons?]] = [])
        -> Bool
    {
        var tally = ThrottleTally()
        for reading in earlier { tally.add(reading) }
        let before = tally
        for reading in readings { tally.add(reading) }
        return tally.since(before).isThrottled
    }

    @Test func nothingSeenIsNothingWrong() {
        #expect(!isThrottled([]))
        #expect(!isThrottled([[]]))
        #expect(!isThrottled([[nil], [nil]]))
        #expect(!isThrottled([[[]], [[]]]))
    }

    /// Idle, application clocks, sync boost, display clocks.
    @Test(arguments: [0x1, 0x2, 0x10, 0x100, 0x200] as [UInt64])
    func otherReasonsAreNoThrottling(bits: UInt64) {
        #expect(!isThrottled([[ThrottleReasons(rawValue: bits)]]))
    }

    @Test(arguments: [0x20, 0x40, 0x80, 0x21, 0x68] as [UInt64])
    func onceIsEnough(bits: UInt64) {
        #expect(isThrottled([[[]], [ThrottleReasons(rawValue: bits)], [[]], [[]]]))
        // On any GPU.
        #expect(isThrottled([[[], nil, ThrottleReasons(rawValue: bits)]]))
    }

    @Test(arguments: [ThrottleReasons.powerCap, .hardwareSlowdown])
    func someMayBeTouched(reason: ThrottleReasons) {
        #expect(!isThrottled([[reason], [[]], [[]]]))
        #expect(isThrottled([[reason], [[]]]))
        #expect(isThrottled([[reason]]))
    }

    @Test func onlySinceTheWindowOpened() {
        #expect(!isThrottled([[[]], [[]]], after: [[.hardwareThermal], [.powerCap], [.powerCap]]))
        #expect(isThrottled([[.softwareThermal]], after: [[[]]]))
    }
}
