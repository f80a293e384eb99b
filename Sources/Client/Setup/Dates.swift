/// A date as HTTP writes it (RFC 9110, 5.6.7): today's form and the two old ones.
enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Seconds since 1970; nil when it is no such date.
    static func seconds(_ text: String) -> Double? {
        var words = text.lowercased().split { " ,".contains($0) }.map(String.init)
        guard words.count >= 4 else { return nil }
        words.removeFirst()
        if words[0].contains("-") {
            // Sunday, 06-Nov-94 08:49:37 GMT
            words = words[0].split(separator: "-").map(String.init) + words.dropFirst()
        } else if Int(words[0]) == nil {
            // Sun Nov  6 08:49:37 1994
            guard words.count == 4 else { return nil }
            words = [words[1], words[0], words[3], words[2]]
        }
        guard words.count >= 4, let day = Int(words[0]), let month = months.firstIndex(of: words[1]),
            var year = Int(words[2]), let time = CivilTime.secondsOfDay(words[3])
        else { return nil }
        if words.count > 4, !["gmt", "utc", "z", "+0000"].contains(words[4]) { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        return CivilTime.seconds(year: year, month: month + 1, day: day, ofDay: time)
    }
}

/// `2026-01-27T12:00:00.5Z`, with an offset or without one (then it is UTC).
enum ISODate {
    static func seconds(_ text: String) -> Double? {
        let parts = text.lowercased().split { "t ".contains($0) }
        guard parts.count == 2 else { return nil }
        let date = parts[0].split(separator: "-").compactMap { Int($0) }
        var time = parts[1]
        var offset = 0.0
        if time.hasSuffix("z") {
            time = time.dropLast()
        } else if let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let digits = time[time.index(after: sign)...].filter { $0 != ":" }
            guard digits.count == 4, let number = Int(digits) else { return nil }
            offset = Double(number / 100 * 3600 + number % 100 * 60) * (time[sign] == "-" ? -1 : 1)
            time = time[..<sign]
        }
        guard date.count == 3, let ofDay = CivilTime.secondsOfDay(String(time)) else { return nil }
        return CivilTime.seconds(year: date[0], month: date[1], day: date[2], ofDay: ofDay).map {
            $0 - offset
        }
    }
}

private enum CivilTime {
    /// `08:49:37`, with a fraction or without.
    static func secondsOfDay(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            let seconds = Double(parts[2]), (0..<24).contains(hours), (0..<60).contains(minutes),
            (0..<61).contains(seconds)
        else { return nil }
        return Double(hours * 3600 + minutes * 60) + seconds
    }

    /// The proleptic Gregorian calendar's days (H. Hinnant's days_from_civil).
    static func seconds(year: Int, month: Int, day: Int, ofDay: Double) -> Double? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Double(era * 146_097 + dayOfEra - 719_468) * 86_400 + ofDay
    }
}
