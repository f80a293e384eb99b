import ArgumentParser
import Client
import Measure
import System

/// `--header 'K: V'`, taken apart, and `--header @FILE`, with a header a line: what the command line has in it can be
/// read in the process list and in the shell's history.
enum HeaderOption {
    typealias Header = (name: String, value: String)

    static func parse(all texts: [String]) throws(ValidationError) -> [Header] {
        var headers: [Header] = []
        for text in texts {
            guard text.hasPrefix("@") else {
                headers.append(try parse(text))
                continue
            }
            for line in try lines(inFile: String(text.dropFirst())) { headers.append(try parse(line)) }
        }
        return headers
    }

    /// More is no file of headers.
    private static let mostBytes = 64 << 10
    /// For whatever writes into a pipe, in milliseconds.
    private static let patience: CInt = 10_000

    private static func lines(inFile path: String) throws(ValidationError) -> [String] {
        let name = Printable.excerpt(path, limit: 200)
        guard let bytes = PlainFile.read(path, limit: mostBytes + 1, patience: patience) else {
            throw ValidationError("--header: can't read headers from the file \(name)")
        }
        guard bytes.count <= mostBytes else {
            throw ValidationError("--header: the file \(name) is longer than headers are")
        }
        guard !bytes.isEmpty else { throw ValidationError("--header: there is nothing in the file \(name)") }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.allSatisfy(\.isWhitespace) }
    }

    static func parse(_ text: String) throws(ValidationError) -> Header {
        let allowed = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        guard let colon = text.firstIndex(of: ":") else {
            throw ValidationError("--header has no colon in it; give 'Name: value', or @FILE")
        }
        let name = text[..<colon]
        var value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        while let last = value.last, last == " " || last == "\t" { value.removeLast() }
        let isClean = value.unicodeScalars.allSatisfy { $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) }
        guard !name.isEmpty, name.allSatisfy(allowed.contains), isClean else {
            throw ValidationError(
                "--header has a name or a value that HTTP does not allow; give 'Name: value'")
        }
        guard !HeaderRules.isReserved(String(name)) else {
            throw ValidationError(
                "--header can't set \(name.lowercased()): plimsoll frames its requests and uses its "
                    + "connections itself")
        }
        return (String(name), String(value))
    }
}
