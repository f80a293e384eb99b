import FoundationEssentials

/// Has the terminal put a text on its clipboard (OSC 52): on the machine in front of which somebody sits, over ssh, too. It
/// is only ever written; what is on it is nobody's business here.
enum Clipboard {
    /// As long as every terminal that takes copies takes them.
    static let most = 48 * 1024

    /// nil where it's too long.
    static func bytes(for text: String) -> [UInt8]? {
        guard text.utf8.count <= most else { return nil }
        return Array("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{1B}\\".utf8)
    }
}
