/// Reads what `ByteWriter` wrote, from bytes that may be damaged: every step checks, none traps.
struct ByteReader {
    struct Malformed: Error {
        var offset: Int
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = min(max(0, offset), bytes.count)
    }

    var remaining: Int { bytes.count - offset }

    mutating func byte() throws(Malformed) -> UInt8 {
        guard offset < bytes.count else { throw Malformed(offset: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// LEB128.
    mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw Malformed(offset: offset) }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    mutating func zigzag() throws(Malformed) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func narrow<T: FixedWidthInteger>(_: T.Type) throws(Malformed) -> T {
        guard let value = T(exactly: try varint()) else { throw Malformed(offset: offset) }
        return value
    }

    /// A number of things that take at least a byte each: one that can't be right is refused before
    /// anything is allocated for it.
    mutating func count() throws(Malformed) -> Int {
        let value = try varint()
        guard value <= UInt64(remaining) else { throw Malformed(offset: offset) }
        return Int(value)
    }
}
