/// The words of the command line that may be secrets, out of the process list: it shows whatever stands in the
/// memory that the arguments were given in. (Until they are hidden, for the time that a start takes, they are there:
/// `--header @FILE` never is.)
enum HiddenArguments {
    /// Called when they have been read; what was read stays as it was.
    static func hide() {
        let words = CommandLine.unsafeArgv
        var isValue = false
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let word = words[index] else { continue }
            let text = String(cString: word)
            var place = word + secretStart(in: text, isHeader: isValue)
            while place.pointee != 0 {
                place.pointee = CChar(bitPattern: UInt8(ascii: "*"))
                place += 1
            }
            isValue = text == "--header"
        }
    }

    /// Where in an argument's bytes that begins which nobody is to see; its end, where nothing is.
    static func secretStart(in text: String, isHeader: Bool) -> Int {
        let bytes = Array(text.utf8)
        let option = Array("--header=".utf8)
        if isHeader || bytes.starts(with: option) {
            let start = isHeader ? 0 : option.count
            if start < bytes.count, bytes[start] == UInt8(ascii: "@") { return bytes.count }
            return bytes[start...].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? start
        }
        // An endpoint's query.
        return text.hasPrefix("-") ? bytes.count : bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
    }
}
