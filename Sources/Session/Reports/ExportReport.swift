package import Recording

/// What an export wrote.
package enum ExportReport {
    package static func text(_ files: [CSVExport.File], directory: String) -> String {
        let list = files.map { "\($0.name) (\($0.rows) rows)" }.joined(separator: ", ")
        return "plimsoll: \(directory): \(list)\n"
    }
}
