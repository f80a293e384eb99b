import Canvas

/// Keys that a terminal sends otherwise than its terminfo entry says: with modifiers, or because TERM names
/// another terminal.
enum EscapeSequence {
    /// After `ESC [`: the parameters up to the first `;`, and the last byte.
    static func key(parameter: Int, final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "~"): numbered(parameter)
        default: cursor(final)
        }
    }

    /// After `ESC O`.
    static func application(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "M"): .enter
        default: cursor(final)
        }
    }

    private static func cursor(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
        default: nil
        }
    }

    private static func numbered(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }
}
