import NIOCore

/// Puts payloads into HTTP/1.1 chunks (RFC 9112, 7.1), in one buffer that is used again and again.
struct ChunkFrame {
    /// Room for the size of a chunk, which is known only when the payload has been written.
    private static let room = 10
    static let end: StaticString = "0\r\n\r\n"
    private(set) var buffer = ByteBuffer()

    /// Starts a chunk: write the payload into what this hands over.
    mutating func fill(_ write: (inout ByteBuffer) -> Void) {
        buffer.clear(minimumCapacity: 512)
        buffer.writeRepeatingByte(0, count: Self.room)
        write(&buffer)
        close()
    }

    /// Adds bytes that are framed already.
    mutating func append(framed bytes: StaticString) { buffer.writeStaticString(bytes) }

    /// The payload as it is, for a client that knows no chunks.
    mutating func bare(_ write: (inout ByteBuffer) -> Void) {
        buffer.clear(minimumCapacity: 512)
        write(&buffer)
    }

    /// The same bytes in chunks of at most `length`.
    mutating func cut(intoPiecesOf length: Int, _ write: (inout ByteBuffer) -> Void) {
        var payload = ByteBuffer()
        write(&payload)
        buffer.clear(minimumCapacity: payload.readableBytes * 2)
        while let piece = payload.readSlice(length: min(length, payload.readableBytes)),
            piece.readableBytes > 0
        {
            buffer.writeString(String(piece.readableBytes, radix: 16))
            buffer.writeStaticString("\r\n")
            buffer.writeImmutableBuffer(piece)
            buffer.writeStaticString("\r\n")
        }
    }

    private mutating func close() {
        let size = buffer.readableBytes - Self.room
        buffer.writeStaticString("\r\n")
        var at = Self.room - 1
        buffer.setInteger(UInt8(ascii: "\n"), at: at)
        at -= 1
        buffer.setInteger(UInt8(ascii: "\r"), at: at)
        var rest = size
        repeat {
            at -= 1
            let digit = UInt8(truncatingIfNeeded: rest & 15)
            buffer.setInteger(digit < 10 ? 0x30 + digit : 0x57 + digit, at: at)
            rest >>= 4
        } while rest > 0
        buffer.moveReaderIndex(to: at)
    }
}

extension ByteBuffer {
    /// A number in decimal digits, without making a `String`.
    mutating func writeDecimal(_ value: Int) {
        guard value >= 0 else {
            writeString(String(value))
            return
        }
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            writeInteger(UInt8(truncatingIfNeeded: 0x30 + value / divisor % 10))
            divisor /= 10
        }
    }
}
