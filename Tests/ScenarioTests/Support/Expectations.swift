import Testing

/// What every refusal has in common: the exit code, and one clear line on standard error and nowhere else.
func expectRefusal(
    _ result: Program.Result, _ status: Int32, _ words: String..., after progress: Int = 0,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(result.status == status && !result.wasKilled, "\(result.error)", sourceLocation: location)
    #expect(result.output == "", sourceLocation: location)
    let lines = result.error.split(separator: "\n")
    #expect(lines.count == progress + 1, "one line: \(result.error)", sourceLocation: location)
    #expect(result.complaint.hasPrefix("plimsoll: "), "\(result.error)", sourceLocation: location)
    for word in words {
        #expect(
            result.complaint.contains(word), "“\(word)” in: \(result.complaint)", sourceLocation: location)
    }
    #expect(!result.error.contains("\u{1B}"), "no escape sequences", sourceLocation: location)
}
