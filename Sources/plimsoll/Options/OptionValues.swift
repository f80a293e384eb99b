import ArgumentParser
import Measure

/// A span of time as typed: `20s`, `500ms`, `2m`, `1.5s`.
struct TimeSpan: ExpressibleByArgument, Hashable {
    var nanoseconds: Nanoseconds
    var text: String

    init?(argument: String) {
        guard let span = Nanoseconds(parsing: argument) else { return nil }
        nanoseconds = span
        text = argument
    }

    var defaultValueDescription: String { text }

    static let expectation = "a time such as 20s, 500ms or 2m"
}

/// `5s` or `never`.
struct ScrapeInterval: Hashable {
    /// nil: never.
    var nanoseconds: Nanoseconds?
    var text: String

    static let never = "never"
    /// A page that is asked for faster is read for its own sake.
    private static let least = 100 * Nanoseconds.millisecond

    static func parse(_ text: String) throws -> ScrapeInterval {
        if text.lowercased() == never { return ScrapeInterval(nanoseconds: nil, text: never) }
        guard let span = TimeSpan(argument: text), span.nanoseconds >= least else {
            throw ValidationError("“\(text)” is not never, nor a time of 100ms and more such as 5s")
        }
        return ScrapeInterval(nanoseconds: span.nanoseconds, text: text)
    }
}

/// `1,2,4,8` or `auto`.
enum UserList: Hashable {
    case automatic
    case list([Int])

    static let most = 65_536

    init(parsing text: String) throws(ValidationError) {
        if text.lowercased() == "auto" {
            self = .automatic
            return
        }
        var numbers: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.drop { $0 == " " }
            guard let number = Int(word), (1...Self.most).contains(number) else {
                throw ValidationError(
                    "--users “\(text)”: “\(word)” is not a number from 1 to \(Self.most); give 1,2,4,8 or auto"
                )
            }
            numbers.append(number)
        }
        self = .list(numbers)
    }
}

/// `x.svg`, or a name without an end: a picture is SVG, and isn't called anything else.
enum PictureName {
    static func check(_ path: String) throws(ValidationError) {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        guard let dot = name.dropFirst().lastIndex(of: ".") else { return }
        guard name[dot...].lowercased() != ".svg" else { return }
        throw ValidationError("--picture draws SVG: call the file “\(name[..<dot]).svg”, not “\(name)”")
    }
}

/// `5%` or `0.05`.
enum Share {
    static func parse(_ text: String, option: String) throws(ValidationError) -> Double {
        let isPercent = text.hasSuffix("%")
        let number = Double(isPercent ? String(text.dropLast()) : text).map { isPercent ? $0 / 100 : $0 }
        guard let number, (0...1).contains(number) else {
            throw ValidationError("\(option) “\(text)” is not a share; give 5% or 0.05")
        }
        return number
    }
}
