import Measure
import Wire

/// When a server wants to be asked again, in any of the ways in which servers say it: `retry-after-ms`,
/// `Retry-After` in seconds or as a date, and the limiters' `x-ratelimit-reset-…`.
enum RetryAfter {
    /// Nobody waits longer for a server that says so.
    static let longest = 3600 * Nanoseconds.second

    /// nil: it doesn't say.
    ///
    /// - Parameter now: seconds since 1970, for servers that send no `Date` of their own: where they do, theirs
    ///   is what their dates are to be taken from.
    static func delay(in head: ResponseHead, now: Double) -> Nanoseconds? {
        let now = head["date"].flatMap { HTTPDate.seconds($0) } ?? now
        if let text = head["retry-after-ms"], let milliseconds = number(text) {
            return bounded(milliseconds / 1000)
        }
        if let text = head["retry-after"], let seconds = delay(text, now: now) { return bounded(seconds) }
        return limiter(head, now: now).map(bounded)
    }

    /// One value: seconds, a date of any kind, or a span such as `1m30s`.
    static func delay(_ value: String, now: Double) -> Double? {
        let text = value.trimmed
        if let number = number(text) {
            // No span is as long as the time since 1970.
            if number >= 100_000_000_000, number.isFinite { return number / 1000 - now }
            return number >= 100_000_000 && number.isFinite ? number - now : number
        }
        if let seconds = span(text) { return seconds }
        return (HTTPDate.seconds(text) ?? ISODate.seconds(text)).map { $0 - now }
    }

    static func bounded(_ seconds: Double) -> Nanoseconds {
        .seconds(min(max(seconds, 0), longest.inSeconds))
    }

    /// The reset of what is used up; where nothing says what that is, the soonest: asking costs little.
    private static func limiter(_ head: ResponseHead, now: Double) -> Double? {
        var usedUp: [Double] = []
        var all: [Double] = []
        for (name, value) in head.headers where name.contains("ratelimit") && name.contains("reset") {
            guard let delay = delay(value, now: now) else { continue }
            all.append(delay)
            let remaining = head[name.replacing("reset", with: "remaining")].flatMap(number)
            if let remaining, remaining <= 0 { usedUp.append(delay) }
        }
        return usedUp.max() ?? all.min()
    }

    private static func number(_ text: String) -> Double? {
        // Whoever sends infinity gets what is longest, and whoever sends no number gets none.
        Double(text).map { $0.isNaN ? 0 : $0 }
    }

    /// `6ms`, `1m30s`, `2h`, `1d4h`; each unit at most once.
    private static func span(_ text: String) -> Double? {
        let units: [(name: String, seconds: Double)] = [
            ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("s", 1), ("m", 60), ("h", 3600),
            ("d", 86_400),
        ]
        var rest = text[...]
        var total = 0.0
        var seen: Set<String> = []
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest[digits.endIndex...]
            guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.name) }),
                seen.insert(unit.name).inserted
            else { return nil }
            total += number * unit.seconds
            rest = rest.dropFirst(unit.name.count)
        }
        return seen.isEmpty ? nil : total
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\"" }
        var text = drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }
}
