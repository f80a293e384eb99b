/// A server's page of metrics in Prometheus' text format, as it was at one moment.
///
/// Lines that make no sense are passed over: a page is read for what it has, not held to its grammar.
struct MetricsPage: Hashable, Sendable {
    /// One line: a series and its value.
    struct Sample: Hashable, Sendable {
        /// With its labels, as the server wrote them: what tells one series from another.
        var series: String
        var value: Double
    }

    private(set) var samples: [Sample] = []
    /// What the page says of its families: "counter", "gauge", "histogram"… by name.
    private(set) var types: [String: String] = [:]

    init(parsing page: some Sequence<UInt8>) {
        let text = String(decoding: Array(page), as: UTF8.self)
        for line in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        {
            if let sample = Self.sample(line) {
                samples.append(sample)
            } else if let (name, type) = Self.type(line) {
                types[name] = type
            }
        }
    }

    /// The value of the series of exactly this name, without labels.
    subscript(series: String) -> Double? { samples.first { $0.series == series }?.value }

    /// `name{label="value",…} number [timestamp]`
    private static func sample(_ line: Substring.UTF8View) -> Sample? {
        let line = line.drop(while: isBlank)
        guard let first = line.first, isNameStart(first) else { return nil }
        var end = line.firstIndex { !isNamePart($0) } ?? line.endIndex
        if end < line.endIndex, line[end] == UInt8(ascii: "{") {
            guard let closed = endOfLabels(line[end...]) else { return nil }
            end = closed
        }
        let rest = line[end...].drop(while: isBlank)
        let number = rest.prefix { !isBlank($0) }
        guard let value = Double(Substring(number)) else { return nil }
        return Sample(series: String(Substring(line[..<end])), value: value)
    }

    /// `# TYPE name counter`
    private static func type(_ line: Substring.UTF8View) -> (name: String, type: String)? {
        let words = line.split(whereSeparator: isBlank).map { String(Substring($0)) }
        guard words.count == 4, words[0] == "#", words[1] == "TYPE" else { return nil }
        return (words[2], words[3])
    }

    /// Behind the closing brace. A label's value may hold braces and, behind a backslash, quotes.
    private static func endOfLabels(_ text: Substring.UTF8View) -> Substring.UTF8View.Index? {
        var isQuoted = false
        var isEscaped = false
        for index in text.indices {
            let byte = text[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isEscaped = byte == UInt8(ascii: "\\")
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: "}") {
                return text.index(after: index)
            }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
