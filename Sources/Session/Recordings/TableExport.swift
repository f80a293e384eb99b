package import Recording

/// A recording as tables; that of a soak test with its slices, too, which are made anew of what was recorded.
package enum TableExport {
    /// - Returns: what was written, in the order in which it is listed to the user.
    /// - Throws: what the files could not be made for, or what is wrong with the recording.
    package static func write(
        from reader: RecordingReader, to directory: String, force: Bool = false
    ) throws(RecordingError) -> [CSVExport.File] {
        try CSVExport.write(
            from: reader, to: directory, force: force, slices: OverTime.slices(of: reader))
    }
}
