import CNcurses
import Canvas

/// What ncurses calls the keys that aren't characters.
enum KeyCode {
    /// The key for one of ncurses' codes (256 and up); nil for those that nobody needs.
    static func key(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP, KEY_SR: .up
        case KEY_DOWN, KEY_SF: .down
        case KEY_LEFT, KEY_SLEFT: .left
        case KEY_RIGHT, KEY_SRIGHT: .right
        case KEY_PPAGE, KEY_A3, KEY_SPREVIOUS: .pageUp
        case KEY_NPAGE, KEY_C3, KEY_SNEXT: .pageDown
        case KEY_HOME, KEY_SHOME, KEY_A1, KEY_FIND: .home
        case KEY_END, KEY_SEND, KEY_C1, KEY_SELECT: .end
        case KEY_BTAB: .backTab
        case KEY_ENTER: .enter
        case KEY_BACKSPACE: .backspace
        case KEY_DC, KEY_SDC: .delete
        case KEY_HELP: .function(1)
        case (KEY_F0 + 1)...(KEY_F0 + 63): .function(Int(code - KEY_F0))
        default: nil
        }
    }

    /// The key for a byte under 0x20, or 0x7F.
    static func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: nil
        }
    }
}
