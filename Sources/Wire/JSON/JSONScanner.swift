import System

/// A pull scanner over JSON bytes, for the hot path: no allocation, no `String`, no tree. It visits the
/// few members that somebody asks for and skips the rest.
///
/// It is lenient about what it skips and strict about what it reads. On anything that it can't follow
/// `failed` becomes true and stays so, every further call does nothing, and the caller falls back to a
/// full parser.
struct JSONScanner {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// A string's bytes, as they stand between the quotes.
    struct Text {
        var range: Range<Int>
        var hasEscapes: Bool
        var isEmpty: Bool { range.isEmpty }
    }

    // MARK: Structure

    /// Calls `member` for each member of the object that begins here; `member` must consume the value.
    @inline(__always)
    mutating func object(_ member: (inout JSONScanner, Text) -> Void) {
        guard take(UInt8(ascii: "{")) else { return fail() }
        if take(UInt8(ascii: "}")) { return }
        repeat {
            guard let key = string(), take(UInt8(ascii: ":")) else { return fail() }
            member(&self, key)
            if failed { return }
        } while take(UInt8(ascii: ","))
        if !take(UInt8(ascii: "}")) { fail() }
    }

    /// Calls `element` with each element's index; `element` must consume it.
    @inline(__always)
    mutating func array(_ element: (inout JSONScanner, Int) -> Void) {
        guard take(UInt8(ascii: "[")) else { return fail() }
        if take(UInt8(ascii: "]")) { return }
        var index = 0
        repeat {
            element(&self, index)
            if failed { return }
            index += 1
        } while take(UInt8(ascii: ","))
        if !take(UInt8(ascii: "]")) { fail() }
    }

    /// The first byte of the value that comes next; 0 at the end.
    mutating func peek() -> UInt8 {
        skipSpace()
        return position < bytes.count ? bytes[position] : 0
    }

    /// Nothing but space is left.
    mutating func isAtEnd() -> Bool {
        skipSpace()
        return position == bytes.count
    }

    // MARK: Values

    mutating func string() -> Text? {
        guard !failed, take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            guard let end = bytes.place(of: 0x22, from: position, upTo: bytes.count) else { break }
            guard let escape = bytes.place(of: 0x5C, from: position, upTo: end) else {
                position = end + 1
                return Text(range: start..<end, hasEscapes: hasEscapes)
            }
            hasEscapes = true
            position = escape + 2
        }
        fail()
        return nil
    }

    /// A string that may be null; nil for null and for every other kind of value, which is skipped.
    mutating func stringOrSkip() -> Text? {
        guard peek() == UInt8(ascii: "\"") else {
            skipValue()
            return nil
        }
        return string()
    }

    /// A string; nil, and nothing is consumed, where something else comes.
    @inline(__always)
    mutating func plainString() -> Text? { peek() == UInt8(ascii: "\"") ? string() : nil }

    /// A count: a whole number of any spelling (`16`, `16.0`, `1.6e1`). nil for what is no number, which is
    /// skipped; `senseless` for a number that can be no count (negative, broken, beyond all bounds), so that
    /// whoever weighs it can refuse it.
    mutating func countOrSkip() -> Int? {
        let start = peek()
        let isDigit = start >= UInt8(ascii: "0") && start <= UInt8(ascii: "9")
        guard isDigit || start == UInt8(ascii: "-") else {
            if let text = plainString() { return Self.count(in: bytes(of: text)) }
            skipValue()
            return nil
        }
        let begin = position
        var value = 0
        while position < bytes.count, position - begin < 9 {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            value = value * 10 + Int(digit)
            position += 1
        }
        guard position == begin || position < bytes.count && Self.isNumberByte(bytes[position]) else {
            return value
        }
        position = begin
        skipScalar()
        return DecimalCount.value(of: bytes[begin..<position]) ?? Self.senseless
    }

    /// A count that was written as a string (`"16"`).
    private static func count(in text: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard let first = text.first, isNumberByte(first), first | 0x20 != UInt8(ascii: "e") else {
            return nil
        }
        return DecimalCount.value(of: text) ?? senseless
    }

    /// Stands for a number that is no count.
    static let senseless = Int(UInt32.max) - 1

    mutating func skipValue() {
        switch peek() {
        case UInt8(ascii: "\""): _ = string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipNested()
        default: skipScalar()
        }
    }

    /// Consumes the value that comes next: whether it says anything. `null`, `false`, zero, `""`, `[]` and `{}`
    /// don't, nor do the words for nothing, nor does a list or an object of nothing but such.
    mutating func saysAnything(depth: Int = 0) -> Bool {
        var says = false
        switch peek() {
        case UInt8(ascii: "\""):
            says = string().map { !Self.meansNothing(bytes(of: $0)) } ?? false
        case UInt8(ascii: "{") where depth < WireLimits.depth:
            object { scanner, _ in
                if scanner.saysAnything(depth: depth + 1) { says = true }
            }
        case UInt8(ascii: "[") where depth < WireLimits.depth:
            array { scanner, _ in
                if scanner.saysAnything(depth: depth + 1) { says = true }
            }
        case UInt8(ascii: "n"), UInt8(ascii: "f"):
            skipValue()
        case UInt8(ascii: "0"), UInt8(ascii: "-"):
            let begin = position
            skipScalar()
            says = DecimalCount.value(of: bytes[begin..<position]) != 0
        default:
            skipValue()
            says = true
        }
        return says && !failed
    }

    private static func meansNothing(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard text.count < 16 else { return false }
        let word = String(decoding: text, as: UTF8.self).lowercased()
        return ["", "0", "false", "nil", "no error", "none", "null", "ok", "success", "undefined"].contains(
            word)
    }

    func bytes(of text: Text) -> Slice<UnsafeRawBufferPointer> { bytes[text.range] }

    func matches(_ text: Text, _ literal: StaticString) -> Bool {
        bytes.holds(literal, at: text.range)
    }

    // MARK: Private

    private mutating func fail() { failed = true }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard !failed, peek() == byte else { return false }
        position += 1
        return true
    }

    /// Skips an object or array by counting its brackets; strings inside are skipped whole.
    private mutating func skipNested() {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return fail() }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    position += 1
                    return
                }
            default:
                break
            }
            position += 1
        }
        fail()
    }

    private mutating func skipScalar() {
        let start = position
        while position < bytes.count, Self.isNumberByte(bytes[position]) || Self.isLetter(bytes[position]) {
            position += 1
        }
        if position == start { fail() }
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
