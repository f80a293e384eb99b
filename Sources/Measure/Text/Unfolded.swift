/// A text as somebody might read it, byte by byte, and where each of these bytes stands in the text as it is.
///
/// What is escaped is read as what it stands for (`%73`, `\u0073`, `&#115;`, `=73`, a full-width `ｓ`), once more where
/// that is escaped again.
struct Unfolded {
    private(set) var bytes: [UInt8]
    /// Of each byte.
    private(set) var places: [Range<Int>]

    private static let mostRounds = 3

    /// As it is.
    init(_ text: [UInt8]) {
        bytes = text
        places = text.indices.map { $0..<$0 + 1 }
    }

    /// The text itself, and what it reads as when its escapes are read: once, and again where that has escapes.
    var readings: [Unfolded] {
        var readings = [self]
        for _ in 0..<Self.mostRounds {
            let next = readings[readings.count - 1].unescaped
            if next.bytes.count == readings[readings.count - 1].bytes.count { break }
            readings.append(next)
        }
        return readings
    }

    /// Its letters and digits alone, whatever they are parted by.
    var compact: Unfolded {
        var result = Unfolded([])
        for (place, byte) in bytes.enumerated() where Self.isWord(byte) { result.append(byte, places[place]) }
        return result
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    // MARK: Escapes

    private mutating func append(_ byte: UInt8, _ place: Range<Int>) {
        bytes.append(byte)
        places.append(place)
    }

    private var unescaped: Unfolded {
        var result = Unfolded([])
        result.bytes.reserveCapacity(bytes.count)
        result.places.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (value, length) = escape(at: index) ?? (UInt32(bytes[index]), 1)
            let place = places[index].lowerBound..<places[index + length - 1].upperBound
            if length > 1, value >= 0x80, let scalar = Unicode.Scalar(value) {
                for byte in String(scalar).utf8 { result.append(byte, place) }
            } else {
                result.append(UInt8(truncatingIfNeeded: value), place)
            }
            index += length
        }
        return result
    }

    /// What the escape that begins here stands for, and how long it is.
    private func escape(at index: Int) -> (value: UInt32, length: Int)? {
        switch bytes[index] {
        case UInt8(ascii: "%"), UInt8(ascii: "="):
            return number(from: index + 1, digits: 2...2, radix: 16).map { ($0.value, $0.length + 1) }
        case UInt8(ascii: "\\"):
            return backslash(at: index)
        case UInt8(ascii: "&"):
            return entity(at: index)
        case 0xEF where index + 2 < bytes.count:
            // Full-width forms, U+FF01 to U+FF5E: EF BC 81 to EF BD 9E.
            let value = UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
            return (0xF01...0xF5E).contains(value) ? (value - 0xF01 + 0x21, 3) : nil
        default:
            return nil
        }
    }

    private func backslash(at index: Int) -> (value: UInt32, length: Int)? {
        guard index + 1 < bytes.count else { return nil }
        let next = bytes[index + 1]
        switch next {
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let isBraced = index + 2 < bytes.count && bytes[index + 2] == UInt8(ascii: "{")
            return number(from: index + (isBraced ? 3 : 2), digits: isBraced ? 1...6 : 4...4, radix: 16)
                .map { ($0.value, $0.length + (isBraced ? 4 : 2)) }
                .flatMap { index + $0.1 <= bytes.count ? $0 : nil }
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            return number(from: index + 2, digits: 2...2, radix: 16).map { ($0.value, $0.length + 2) }
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            return number(from: index + 1, digits: 3...3, radix: 8).map { ($0.value & 0xFF, $0.length + 1) }
        default:
            // `\/`, `\"`, `\-`
            return Self.isWord(next) ? nil : (UInt32(next), 2)
        }
    }

    private static let names: [(name: [UInt8], value: UInt32)] = {
        let signs: KeyValuePairs<String, Unicode.Scalar> = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "plus": "+", "sol": "/",
            "equals": "=",
            "num": "#", "percnt": "%", "lowbar": "_", "hyphen": "-", "dash": "-", "colon": ":", "period": ".",
            "comma": ",", "commat": "@", "excl": "!", "dollar": "$", "ast": "*", "bsol": "\\",
        ]
        return signs.map { (Array($0.key.utf8), $0.value.value) }
    }()

    private func entity(at index: Int) -> (value: UInt32, length: Int)? {
        guard index + 2 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "#") {
            let isHex = bytes[index + 2] | 0x20 == UInt8(ascii: "x")
            let start = index + (isHex ? 3 : 2)
            guard let found = number(from: start, digits: 1...7, radix: isHex ? 16 : 10) else { return nil }
            let end = start + found.length
            let hasEnd = end < bytes.count && bytes[end] == UInt8(ascii: ";")
            return (found.value, end - index + (hasEnd ? 1 : 0))
        }
        for (name, value) in Self.names {
            let end = index + 1 + name.count
            guard end < bytes.count, bytes[end] == UInt8(ascii: ";"),
                bytes[index + 1..<end].elementsEqual(name)
            else { continue }
            return (value, end + 1 - index)
        }
        return nil
    }

    private func number(
        from start: Int, digits: ClosedRange<Int>, radix: UInt32
    ) -> (value: UInt32, length: Int)? {
        var value: UInt32 = 0
        var length = 0
        while length < digits.upperBound, start + length < bytes.count,
            let digit = Character(Unicode.Scalar(bytes[start + length])).hexDigitValue, digit < radix
        {
            value = value * radix + UInt32(digit)
            length += 1
        }
        return length >= digits.lowerBound ? (value, length) : nil
    }
}
