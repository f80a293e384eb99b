/// A CSV file, as RFC 4180 has it.
struct Table {
    let header: [String]
    let rows: [[String: String]]

    init(_ text: String) throws {
        var lines = Self.records(text)
        guard !lines.isEmpty else { throw Problem("a CSV file without a header") }
        let header = lines.removeFirst()
        self.header = header
        rows = try lines.map { cells in
            guard cells.count == header.count else {
                throw Problem("a row of \(cells.count) cells under \(header.count) columns: \(cells)")
            }
            return Dictionary(zip(header, cells)) { $1 }
        }
    }

    func numbers(_ column: String) -> [Double] { rows.compactMap { Double($0[column] ?? "") } }

    private static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        for character in text {
            if isQuoted {
                if character == "\"" { (isQuoted, wasQuote) = (false, true) } else { cell.append(character) }
                continue
            }
            switch character {
            case "\"":
                if wasQuote { cell.append("\"") }
                isQuoted = true
            case ",":
                record.append(cell)
                cell = ""
            case "\n", "\r\n":
                records.append(record + [cell])
                (record, cell) = ([], "")
            default: cell.append(character)
            }
            wasQuote = false
        }
        if !record.isEmpty || !cell.isEmpty { records.append(record + [cell]) }
        return records
    }
}
