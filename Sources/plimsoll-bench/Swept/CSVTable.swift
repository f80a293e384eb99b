import System

/// A CSV file of plimsoll's with its header row. Cells in quotes may hold commas, but no line breaks.
struct CSVTable {
    private let columns: [Substring: Int]
    private let rows: [[Substring]]

    init(path: String) throws(BenchError) {
        guard let text = PlainFile.text(of: path) else { throw .system(path) }
        var lines = text.split(whereSeparator: \.isNewline)[...]
        let header = Self.cells(of: lines.popFirst() ?? "")
        columns = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
        rows = lines.map(Self.cells)
    }

    var count: Int { rows.count }

    func has(_ column: String) -> Bool { columns[column[...]] != nil }

    func text(_ column: String, row: Int) -> Substring? {
        guard let place = columns[column[...]], rows[row].indices.contains(place) else { return nil }
        return rows[row][place]
    }

    func number(_ column: String, row: Int) -> Double? { text(column, row: row).flatMap { Double($0) } }
    func integer(_ column: String, row: Int) -> Int64? { text(column, row: row).flatMap { Int64($0) } }

    private static func cells(of line: Substring) -> [Substring] {
        guard line.contains("\"") else { return line.split(separator: ",", omittingEmptySubsequences: false) }
        var isQuoted = false
        return line.split(omittingEmptySubsequences: false) {
            if $0 == "\"" { isQuoted.toggle() }
            return $0 == "," && !isQuoted
        }
    }
}
