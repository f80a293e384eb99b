/// Tells a damaged blob from a sound one: SQLite checks its pages' structure, not what is in them.
/// Eight bytes a step, so that it costs nothing beside the encoding. Not cryptographic.
enum Checksum {
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = mix(
                hash, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < bytes.count {
            tail = tail << 8 | UInt64(bytes[offset])
            offset += 1
        }
        hash = mix(hash, tail)
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
        return product ^ product >> 29
    }
}

/// Blobs: a byte for the layout's number, four for the checksum of all that follows, little-endian.
extension Checksum {
    static let headerLength = 5

    /// - Parameter count: of the bytes behind the header.
    static func seal(_ start: UnsafeMutablePointer<UInt8>, count: Int, layout: UInt8) {
        let sum = of(UnsafeRawBufferPointer(start: start + headerLength, count: count))
        start[0] = layout
        for index in 0..<4 { start[1 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
    }

    /// What stands behind a sound header. The layout's number isn't in the sum: no flipped bit may make another known
    /// one of it.
    static func body(
        of data: UnsafeRawBufferPointer, layouts: [UInt8]
    ) throws(BatchDecoder.Malformed) -> UnsafeRawBufferPointer {
        guard data.count > headerLength else { throw BatchDecoder.Malformed(reason: "too short") }
        guard layouts.contains(data[0]) else {
            throw BatchDecoder.Malformed(reason: "unknown layout \(data[0])")
        }
        let body = UnsafeRawBufferPointer(rebasing: data[headerLength...])
        let sum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[1 + $1]) << UInt32(8 * $1) }
        guard sum == of(body) else { throw BatchDecoder.Malformed(reason: "the checksum is wrong") }
        return body
    }
}
