/// The table at the end; what has no target follows it line by line.
enum FigureTable {
    static func text(_ figures: [Figure], machine: String, length: RunLength) -> String {
        let header = ["figure", "target", "measured", "of target", ""]
        let rows = figures.filter { $0.grade != .none }.map { figure in
            [
                figure.name, figure.target, figure.measured,
                figure.ratio.map { Decimals.text($0, 2) } ?? "", figure.grade.rawValue,
            ]
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let room = String(repeating: " ", count: widths[column] - cell.count)
                text += column == 3 ? room + cell + "  " : cell + room + "  "
            }
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        let short = figures.count { $0.grade == .short }
        var text = [line(header), widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")]
        text += rows.map(line)
        text.append("")
        text += figures.filter { $0.grade == .none }.map { "\($0.name): \($0.measured)" }
        text.append("")
        text.append(machine + (length == .quick ? "; QUICK: rough figures" : ""))
        text.append(short == 0 ? "all \(rows.count) held" : "\(short) of \(rows.count) fall short")
        return text.joined(separator: "\n")
    }
}
