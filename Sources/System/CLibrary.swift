// Public, since what is inlined elsewhere calls it there.
public import Glibc

// What Swift's own library lacks, from C's.

@inlinable package func log10(_ value: Double) -> Double { Glibc.log10(value) }

@inlinable package func pow(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }

extension UnsafeRawBufferPointer {
    /// Where `byte` comes first in `start..<end`; nil where it doesn't.
    @inlinable package func place(of byte: UInt8, from start: Int, upTo end: Int) -> Int? {
        guard let baseAddress else { return nil }
        return memchr(baseAddress + start, Int32(byte), end - start).map {
            UnsafeRawPointer($0) - baseAddress
        }
    }

    /// Whether `range` holds these bytes and no others.
    @inlinable package func holds(_ literal: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == literal.utf8CodeUnitCount, let baseAddress else { return false }
        return memcmp(baseAddress + range.lowerBound, literal.utf8Start, range.count) == 0
    }
}
