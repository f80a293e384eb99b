/// Appends variable-length integers to memory that somebody else owns and has made large enough.
struct ByteWriter {
    /// The most bytes that one integer takes.
    static let longest = 10

    private let start: UnsafeMutablePointer<UInt8>
    private var next: UnsafeMutablePointer<UInt8>

    init(_ start: UnsafeMutablePointer<UInt8>) {
        self.start = start
        next = start
    }

    var count: Int { next - start }

    mutating func byte(_ value: UInt8) {
        next.pointee = value
        next += 1
    }

    /// LEB128: seven bits a byte, the lowest first.
    @inline(__always)
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            next.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
            next += 1
            rest >>= 7
        }
        next.pointee = UInt8(truncatingIfNeeded: rest)
        next += 1
    }

    @inline(__always)
    mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }
}
