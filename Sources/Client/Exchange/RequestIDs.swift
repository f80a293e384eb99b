import Measure
import NIOCore

/// The ids of a load's requests: UUIDs, for some servers take nothing else. The same seed and number give
/// the same one, and the last eight digits are the number: by them a server's log and a recording are joined.
struct RequestIDs: Sendable {
    let seed: UInt64

    /// `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`
    static let length = 36

    /// The 128 bits of request `number`, shaped as a version 4 UUID.
    private func bits(_ number: UInt32) -> (high: UInt64, low: UInt64) {
        var random = SplitMix64(seed: seed ^ UInt64(number) &* 0xA076_1D64_78BD_642F)
        let high = random.next() & ~0xF000 | 0x4000
        let low = random.next() & ~(0xC0 << 56 | 0xFFFF_FFFF) | 0x80 << 56 | UInt64(number)
        return (high, low)
    }

    func write(_ number: UInt32, to buffer: inout ByteBuffer) {
        let (high, low) = bits(number)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.length) { bytes in
            var place = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    bytes[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4) & 0xF)
                bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                place += 1
            }
            return place
        }
    }

    func text(_ number: UInt32) -> String {
        var buffer = ByteBuffer()
        write(number, to: &buffer)
        return String(buffer: buffer)
    }
}
