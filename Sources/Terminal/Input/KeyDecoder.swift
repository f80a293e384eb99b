import Canvas
import Measure

/// Makes keys of what `wgetch` hands over: bytes, and codes from 256 for the sequences that ncurses knows.
///
/// Sequences that it doesn't know arrive byte by byte; they are swallowed whole, or the `5` in
/// `ESC [ 1 ; 5 C` would count as a key. So is what a terminal answers (OSC 11), however late and in however many
/// pieces it comes: a slow line may part its Escape from the rest. Bytes over 0x7F are UTF-8 whatever the
/// locale: nobody's terminal sends anything else.
struct KeyDecoder {
    private enum State {
        case ground
        case escape
        /// After `ESC [`: the first parameter, whether it is complete, and when the sequence began.
        case control(parameter: Int, isComplete: Bool, since: Moment)
        /// After `ESC O`.
        case application(since: Moment)
        /// After `ESC ]` and its like, up to BEL or `ESC \\`.
        case string(bytes: [UInt8], last: Moment, isEnding: Bool)
        /// After an Escape that was taken for a key, a `]`: the rest of an answer, or the key.
        case parted(since: Moment)
        case utf8(value: UInt32, missing: Int, least: UInt32)
    }

    /// A sequence that isn't finished by then was typed by hand.
    static let patience = 100 * Nanoseconds.millisecond

    /// How long after its Escape the rest of an answer is looked for.
    static let longestGap = Nanoseconds.second
    private static let longestString = 4096
    private static let longestAnswer = 32

    private var state = State.ground
    /// When an Escape was last given out as a key.
    private var escaped: Moment?
    private var answer: Color?
    /// The terminal was asked for its background.
    private(set) var awaitsAnswer = false

    mutating func expectAnswer() { awaitsAnswer = true }

    /// The terminal's background, once after each answer.
    mutating func takeBackground() -> Color? {
        defer { answer = nil }
        return answer
    }

    /// At most two keys: an Escape that turned out to be one, and what came after it.
    mutating func take(_ code: Int32, at now: Moment) -> [Key] {
        guard (0..<256).contains(code) else {
            let before = finish()
            return before + (KeyCode.key(code).map { [$0] } ?? [])
        }
        let byte = UInt8(code)
        switch state {
        case .ground:
            if awaitsAnswer, byte == UInt8(ascii: "]"), let escaped, now - escaped < Self.longestGap {
                state = .parted(since: now)
                return []
            }
            return ground(byte)
        case .parted(let since):
            guard byte == UInt8(ascii: "1"), now - since < Self.longestGap else {
                state = .ground
                return [.character("]")] + ground(byte)
            }
            state = .string(bytes: [byte], last: now, isEnding: false)
            return []
        case .string(let bytes, let last, let isEnding):
            return string(byte, bytes, last: last, isEnding: isEnding, at: now)
        case .escape:
            switch byte {
            case UInt8(ascii: "["):
                state = .control(parameter: 0, isComplete: false, since: now)
                return []
            case UInt8(ascii: "O"):
                state = .application(since: now)
                return []
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "^"), UInt8(ascii: "_"):
                state = .string(bytes: [], last: now, isEnding: false)
                return []
            case 0x1B:
                return [.escape]
            default:
                state = .ground
                return [.escape] + ground(byte)
            }
        case .control(let parameter, let isComplete, let since):
            guard now - since < Self.patience else {
                state = .ground
                return ground(byte)
            }
            return control(byte, parameter: parameter, isComplete: isComplete, since: since)
        case .application(let since):
            state = .ground
            guard now - since < Self.patience else { return ground(byte) }
            return EscapeSequence.application(byte).map { [$0] } ?? []
        case .utf8(let value, let missing, let least):
            return utf8(byte, value: value, missing: missing, least: least)
        }
    }

    /// Nothing more is waiting: an Escape that nothing followed was the key. (ncurses has already given the
    /// rest of a sequence its 25 ms.)
    mutating func endOfBurst(at now: Moment = .zero) -> [Key] {
        guard case .escape = state else { return [] }
        escaped = now
        return finish()
    }

    private mutating func finish() -> [Key] {
        defer { state = .ground }
        if case .escape = state { return [.escape] }
        return []
    }

    private mutating func ground(_ byte: UInt8) -> [Key] {
        switch byte {
        case 0x1B:
            state = .escape
            return []
        case ..<0x20, 0x7F:
            return KeyCode.control(byte).map { [$0] } ?? []
        case ..<0x80:
            return [.character(Character(Unicode.Scalar(byte)))]
        case 0xC2...0xDF: state = .utf8(value: UInt32(byte & 0x1F), missing: 1, least: 0x80)
        case 0xE0...0xEF: state = .utf8(value: UInt32(byte & 0x0F), missing: 2, least: 0x800)
        case 0xF0...0xF4: state = .utf8(value: UInt32(byte & 0x07), missing: 3, least: 0x10000)
        default: break
        }
        return []
    }

    /// An answer may take its time. What isn't one was typed, and then the next key is one again.
    private mutating func string(
        _ byte: UInt8, _ bytes: [UInt8], last: Moment, isEnding: Bool, at now: Moment
    ) -> [Key] {
        guard Self.goesOn(bytes, with: byte, after: now - last) else {
            state = .ground
            return ground(byte)
        }
        switch byte {
        case 0x07,
            UInt8(ascii: "\\") where isEnding:
            if let color = BackgroundQuery.color(in: bytes) {
                answer = color
                awaitsAnswer = false
            }
            state = .ground
        case 0x1B:
            state = .string(bytes: bytes, last: now, isEnding: true)
        case _ where isEnding:
            // The string was broken off, and this belongs to the next sequence.
            state = .escape
            return take(Int32(byte), at: now)
        default:
            state = .string(bytes: bytes + [byte], last: now, isEnding: false)
        }
        return []
    }

    private static func goesOn(_ bytes: [UInt8], with byte: UInt8, after gap: Nanoseconds) -> Bool {
        if gap < patience { return bytes.count < longestString }
        if bytes.isEmpty { return gap < longestGap && byte == UInt8(ascii: "1") }
        let start = Array("11;".utf8)
        let isAnswer = bytes.starts(with: start) || start.starts(with: bytes)
        return isAnswer && bytes.count < longestAnswer
            && (Array("0123456789abcdefABCDEFrg:;/?\u{7}\u{1B}\\".utf8).contains(byte))
    }

    private mutating func utf8(_ byte: UInt8, value: UInt32, missing: Int, least: UInt32) -> [Key] {
        guard byte & 0xC0 == 0x80 else {
            state = .ground
            return ground(byte)
        }
        let value = value << 6 | UInt32(byte & 0x3F)
        guard missing == 1 else {
            state = .utf8(value: value, missing: missing - 1, least: least)
            return []
        }
        state = .ground
        // Control characters in two bytes (U+0080…U+009F) are nobody's keys.
        guard value >= max(least, 0xA0), let scalar = Unicode.Scalar(value) else { return [] }
        return [.character(Character(scalar))]
    }

    private mutating func control(
        _ byte: UInt8, parameter: Int, isComplete: Bool, since: Moment
    ) -> [Key] {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let digit = Int(byte - UInt8(ascii: "0"))
            let next = isComplete ? parameter : min(parameter * 10 + digit, 9999)
            state = .control(parameter: next, isComplete: isComplete, since: since)
            return []
        case 0x20...0x3F:
            state = .control(parameter: parameter, isComplete: true, since: since)
            return []
        case 0x40...0x7E:
            state = .ground
            return EscapeSequence.key(parameter: parameter, final: byte).map { [$0] } ?? []
        default:
            state = .ground
            return ground(byte)
        }
    }
}
