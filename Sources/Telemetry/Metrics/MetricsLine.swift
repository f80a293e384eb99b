/// A line of Prometheus' text format, by where its parts stand in the page.
enum MetricsLine {
    /// `name{label="value",…} number [timestamp]`
    case sample(series: Range<Int>, number: Range<Int>)
    /// `# TYPE name counter`
    case type(name: Range<Int>, type: Range<Int>)

    /// Calls `take` with each line of `page` that says something; all others are passed over: a page is read for
    /// what it has, not held to its grammar.
    static func each(in page: UnsafeBufferPointer<UInt8>, _ take: (MetricsLine) -> Void) {
        var start = 0
        while start < page.count {
            let end = endOfLine(page, from: start)
            if let line = sample(page, start..<end) ?? type(page, start..<end) { take(line) }
            start = end + 1
        }
    }

    static func endOfLine(_ page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < page.count, page[end] != UInt8(ascii: "\n"), page[end] != UInt8(ascii: "\r") { end += 1 }
        return end
    }

    static func sample(_ page: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> MetricsLine? {
        let start = behindBlanks(page, line)
        guard start < line.upperBound, isNameStart(page[start]) else { return nil }
        var end = start
        while end < line.upperBound, isNamePart(page[end]) { end += 1 }
        if end < line.upperBound, page[end] == UInt8(ascii: "{") {
            guard let closed = endOfLabels(page, end..<line.upperBound) else { return nil }
            end = closed
        }
        guard let number = number(page, behind: end, in: line) else { return nil }
        return .sample(series: start..<end, number: number)
    }

    /// The word that follows a series; nil where there is none.
    static func number(_ page: UnsafeBufferPointer<UInt8>, behind end: Int, in line: Range<Int>) -> Range<
        Int
    >? {
        let start = behindBlanks(page, end..<line.upperBound)
        let number = word(page, start..<line.upperBound)
        return number.isEmpty ? nil : number
    }

    private static func type(_ page: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> MetricsLine? {
        guard line.count > 7, page[line.lowerBound] == UInt8(ascii: "#") else { return nil }
        var words: [Range<Int>] = []
        var rest = line
        while words.count < 5 {
            let found = word(page, behindBlanks(page, rest)..<line.upperBound)
            guard !found.isEmpty else { break }
            words.append(found)
            rest = found.upperBound..<line.upperBound
        }
        guard words.count == 4, page[words[0]].elementsEqual("#".utf8),
            page[words[1]].elementsEqual("TYPE".utf8)
        else { return nil }
        return .type(name: words[2], type: words[3])
    }

    private static func behindBlanks(_ page: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int {
        var start = line.lowerBound
        while start < line.upperBound, isBlank(page[start]) { start += 1 }
        return start
    }

    private static func word(_ page: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int> {
        var end = line.lowerBound
        while end < line.upperBound, !isBlank(page[end]) { end += 1 }
        return line.lowerBound..<end
    }

    /// Behind the closing brace. A label's value may hold braces and, behind a backslash, quotes.
    private static func endOfLabels(_ page: UnsafeBufferPointer<UInt8>, _ text: Range<Int>) -> Int? {
        var isQuoted = false
        var isEscaped = false
        for index in text {
            let byte = page[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isEscaped = byte == UInt8(ascii: "\\")
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: "}") {
                return index + 1
            }
        }
        return nil
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 }

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
