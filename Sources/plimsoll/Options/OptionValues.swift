import ArgumentParser
import Measure

/// A span of time as typed: `20s`, `500ms`, `2m`, `1.5s`.
struct TimeSpan: ExpressibleByArgument, Hashable {
    var nanoseconds: Nanoseconds
    var text: String

    init?(argument: String) {
        let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)]
        guard let unit = units.first(where: { argument.hasSuffix($0.0) }),
            let number = Double(argument.dropLast(unit.0.count)), number.isFinite, number > 0,
            number * unit.1 <= 7 * 24 * 3600
        else { return nil }
        nanoseconds = .seconds(number * unit.1)
        text = argument
    }

    var defaultValueDescription: String { text }

    static let expectation = "a time such as 20s, 500ms or 2m"
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
