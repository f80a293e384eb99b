import Canvas
import Measure

/// Makes keys of what `wgetch` hands over: bytes, and codes from 256 for the sequences that ncurses knows.
///
/// Sequences that it doesn't know arrive byte by byte; they are swallowed whole, or the `5` in
/// `ESC [ 1 ; 5 C` would count as a key. Bytes over 0x7F are UTF-8 whatever the locale: nobody's terminal
/// sends anything else.
struct KeyDecoder {
    private enum State {
        case ground
        case escape
        /// After `ESC [`: the first parameter, whether it is complete, and when the sequence began.
        case control(parameter: Int, isComplete: Bool, since: Moment)
        /// After `ESC O`.
        case application(since: Moment)
        case utf8(value: UInt32, missing: Int, least: UInt32)
    }

    /// A sequence that isn't finished by then was typed by hand.
    static let patience = 100 * Nanoseconds.millisecond

    private var state = State.ground

    /// At most two keys: an Escape that turned out to be one, and what came after it.
    mutating func take(_ code: Int32, at now: Moment) -> [Key] {
        guard (0..<256).contains(code) else {
            let before = finish()
            return before + (KeyCode.key(code).map { [$0] } ?? [])
        }
        let byte = UInt8(code)
        switch state {
        case .ground:
            return ground(byte)
        case .escape:
            switch byte {
            case UInt8(ascii: "["):
                state = .control(parameter: 0, isComplete: false, since: now)
                return []
            case UInt8(ascii: "O"):
                state = .application(since: now)
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
    mutating func endOfBurst() -> [Key] {
        guard case .escape = state else { return [] }
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
