import ArgumentParser
import Client

/// `--header 'K: V'`, taken apart.
enum HeaderOption {
    static func parse(_ text: String) throws(ValidationError) -> (name: String, value: String) {
        let allowed = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        guard let colon = text.firstIndex(of: ":") else {
            throw ValidationError("--header has no colon in it; give 'Name: value'")
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
